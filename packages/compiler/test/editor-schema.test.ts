import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { editorSchema, language } from '@signalbox/compiler';
import type { Shape } from '@signalbox/compiler';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { CORPUS } from './corpus/folder.ts';
import { realRoots } from './corpus/real-roots.ts';

interface Case {
  readonly name: string;
  readonly yaml?: string;
  readonly fill?: unknown;
  readonly errors?: readonly string[];
}

const spec = fileURLToPath(new URL('../../../spec/compiler/', import.meta.url));
const examples = fileURLToPath(new URL('../../../examples/', import.meta.url));
const cases = yamlFiles(spec).flatMap((file) =>
  (parse(readFileSync(file, 'utf8')) as Case[])
    // What the YAML library of an editor cannot read never gets to a schema.
    .filter(({ yaml, fill }) => yaml !== undefined && fill === undefined && isReadable(yaml))
    .map((one) => [`${file.slice(spec.length)}: ${one.name}`, one.yaml ?? '', one.errors ?? []] as const),
);

const validate = new Ajv({ strict: true, strictTypes: false, strictRequired: false }).compile(editorSchema());

function yamlFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => `${folder}${name}`);
}

function isReadable(text: string): boolean {
  return parseDocument(text, { uniqueKeys: false }).errors.length === 0;
}

/** Why the schema refuses a text; empty when it does not. */
function refusal(text: string): string {
  const read: unknown = parse(text, { uniqueKeys: false });
  return validate(read) ? '' : JSON.stringify(validate.errors?.slice(0, 4), undefined, 1);
}

describe('editorSchema', () => {
  it('is a valid schema of draft 7', () => {
    expect(new Ajv().validateSchema(editorSchema())).toBe(true);
  });

  it.each(cases.filter(([, , errors]) => errors.length === 0))('accepts %s', (_, yaml) => {
    expect(refusal(yaml)).toBe('');
  });

  // What a computed key becomes, or where a parameter is put, is only known when the file is expanded.
  const unknown = cases.filter(
    ([, yaml, errors]) =>
      !yaml.includes('${{') &&
      !yaml.includes('template:') &&
      errors.some((one) => /^\d+:\d+ unexpected-key$/.test(one)),
  );

  it.each(unknown)('refuses %s', (_, yaml) => {
    expect(refusal(yaml)).not.toBe('');
  });

  const pipelines = yamlFiles(examples).filter((file) => !file.endsWith('.policy.yml'));

  it.each(pipelines)('accepts %s', (file) => {
    expect(refusal(readFileSync(file, 'utf8'))).toBe('');
  });

  it.each([
    ['a word that is no choice', 'lockBehavior: latest\nsteps: []'],
    ['a number out of range', 'steps:\n- script: x\n  retryCountOnTaskFailure: 11'],
    ['text where a boolean stands', 'steps:\n- script: x\n  enabled: perhaps'],
    ['a mapping where text stands', 'name: { a: b }\nsteps: []'],
    ['a file without any form', 'pool: Default'],
    ['a key that stands beside steps only', 'stages: []\ncontainer: x'],
    ['a resource without its connection', 'resources:\n  webhooks:\n  - webhook: a\nsteps: []'],
  ])('refuses %s', (_, yaml) => {
    expect(refusal(yaml)).not.toBe('');
  });

  it.each([
    ['a directive for a required key', 'stages:\n- stage: a\n  ${{ if true }}:\n    jobs: []'],
    ['an expression for a list', 'steps: ${{ parameters.steps }}'],
    ['an expression for a number', 'steps:\n- script: x\n  timeoutInMinutes: ${{ parameters.minutes }}'],
    ['directives in a list', 'steps:\n- ${{ each x in parameters.list }}:\n  - script: ${{ x }}'],
    ['a template of variables', 'variables:\n- template: more.yml\n- group: shared'],
  ])('accepts %s', (_, yaml) => {
    expect(refusal(yaml)).toBe('');
  });
});

describe('language', () => {
  it('has every table that a shape names', () => {
    const tables = new Set(['step', ...language().keys()]);
    const named = [...language().values()].flat().flatMap(({ shape }) => tablesOf(shape));
    expect(named.filter((table) => !tables.has(table))).toEqual([]);
  });

  it('knows what may stand under every key that does not hold data', () => {
    const open = [...language()].flatMap(([table, keys]) =>
      keys.filter(({ shape }) => shape.kind === 'any').map(({ name }) => `${table}.${name}`),
    );
    const data = ['parameter.default', 'repository resource.checkoutOptions'];
    expect(open.filter((key) => !key.endsWith('.templateContext') && !data.includes(key))).toEqual([]);
  });
});

function tablesOf(shape: Shape): readonly string[] {
  if (shape.kind === 'mapping') return [shape.of];
  if (shape.kind === 'list') return shape.of;
  if (shape.kind === 'map') return tablesOf(shape.values);
  return shape.kind === 'oneOf' ? shape.shapes.flatMap(tablesOf) : [];
}

describe.skipIf(!existsSync(CORPUS))(
  'the real roots (skipped where the corpus is not beside the repository)',
  () => {
    it('are accepted by the schema of the editor', { timeout: 120_000 }, () => {
      const refused = realRoots().flatMap(({ repo, path }) => {
        const text = readFileSync(`${CORPUS}real/${repo}/${path}`, 'utf8');
        const why = isReadable(text) ? refusal(text) : '';
        return why === '' ? [] : [`${repo}/${path}: ${why}`];
      });
      expect(refused).toEqual([]);
    });
  },
);
