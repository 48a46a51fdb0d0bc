import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { PATH_PARAMETERS, patternsOf, ROUTES } from '../src/index.ts';

const text = readFileSync(createRequire(import.meta.url).resolve('@signalbox/api/openapi.json'), 'utf8');

interface Operation {
  readonly operationId: string;
}

describe('openapi.json', () => {
  it('is an OpenAPI 3.1 document', async () => {
    // The validator takes a property of this name for the id of a schema.
    const document = JSON.parse(text.replaceAll('"$id"', '"id_"')) as Record<string, unknown>;
    expect(await new Validator().validate(document)).toMatchObject({ valid: true });
  });

  it('refers to schemas that it has', () => {
    const { components } = JSON.parse(text) as { components: { schemas: object; responses: object } };
    const references = new Set(
      [...text.matchAll(/"#\/components\/(\w+)\/(\w+)"/g)].map(([, kind, name]) => `${kind}/${name}`),
    );
    const known = [
      ...Object.keys(components.schemas).map((name) => `schemas/${name}`),
      ...Object.keys(components.responses).map((name) => `responses/${name}`),
    ];
    expect([...references].filter((one) => !known.includes(one))).toEqual([]);
  });

  it('has every route at every address, each under a name of its own', () => {
    const { paths } = JSON.parse(text) as { paths: Record<string, Record<string, Operation>> };
    const names = Object.values(paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/_\d+$/.test(name)).toSorted()).toEqual(Object.keys(ROUTES).toSorted());
    expect(names.length).toBe(Object.values(ROUTES).flatMap(patternsOf).length);
  });
});

describe('PATH_PARAMETERS', () => {
  it('has every parameter of the paths, and no other', () => {
    const used = Object.values(ROUTES).flatMap((route) =>
      patternsOf(route).flatMap((pattern) =>
        [...pattern.matchAll(/:(\w+)|\*/g)].map(([all, name]) => name ?? all),
      ),
    );
    expect(Object.keys(PATH_PARAMETERS).toSorted()).toEqual([...new Set(used)].toSorted());
  });
});
