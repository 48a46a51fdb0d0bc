import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { lacking } from './support/lacking.ts';
import { makeProject } from './support/project.ts';
import { ADMIN, testServer, type TestServer } from './support/test-server.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** One request of the provider; `spec/clients/README.md` says what the words mean. */
interface Row extends Partial<Record<(typeof METHODS)[number], string>> {
  readonly name: string;
  readonly cites: readonly string[];
  readonly send?: unknown;
  readonly status?: number;
  readonly gives?: unknown;
  readonly keep?: Readonly<Record<string, string>>;
}

const file = fileURLToPath(new URL('../../../spec/clients/terraform.yml', import.meta.url));
const rows = parse(readFileSync(file, 'utf8')) as Row[];

describe('spec/clients/terraform.yml', () => {
  const kept = new Map<string, unknown>();
  let box: TestServer;

  beforeAll(async () => {
    box = await testServer();
    kept.set('repository', (await makeProject(box)).folder);
  });

  afterAll(async () => {
    await box.close();
  });

  it.each(rows.map((row) => [row.name, row] as const))('%s', async (_, row) => {
    const method = METHODS.find((name) => row[name] !== undefined)!;
    const answer = await box.call(method, String(filled(row[method])), {
      ...(row.send !== undefined && { body: filled(row.send) }),
      token: undefined,
      // As the Go SDK sends them (REST.md §2.1).
      headers: {
        accept: 'application/json;api-version=7.1-preview.1',
        authorization: `Basic ${Buffer.from(`_:${ADMIN}`).toString('base64')}`,
        'x-tfs-fedauthredirect': 'Suppress',
        'x-tfs-session': '00000000-0000-4000-8000-000000000001',
      },
    });
    await box.server.settle();
    expect([answer.statusCode, answer.body.slice(0, 500)]).toEqual([
      expect.toSatisfy((status: number) => (row.status === undefined ? status < 300 : status === row.status)),
      expect.any(String),
    ]);
    if (row.gives !== undefined) expect(lacking(answer.json(), filled(row.gives))).toEqual([]);
    for (const [name, path] of Object.entries(row.keep ?? {})) kept.set(name, at(answer.json(), path));
  });

  /** `${name}` alone is the thing itself, whatever it is; `${name:text}`, and inside of a text, it is its text. */
  function filled(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(filled);
    if (typeof value === 'object' && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, filled(one)]));
    if (typeof value !== 'string') return value;
    const [, whole] = /^\$\{(\w+)\}$/.exec(value) ?? [];
    if (whole !== undefined) return kept.get(whole);
    return value.replaceAll(/\$\{(\w+)(?::text)?\}/g, (_, name: string) => String(kept.get(name)));
  }
});

function at(value: unknown, path: string): unknown {
  if (path === '') return value;
  return path.split('.').reduce((inner, name) => (inner as Record<string, unknown>)[name], value);
}
