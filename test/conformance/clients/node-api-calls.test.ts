import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { clientRows, type ClientRow } from './client-table.ts';
import { callsOf, NODE_APIS, type ApiName } from './node-api.ts';

interface CallRow extends ClientRow {
  readonly api: ApiName;
  readonly call: string;
}

/** Calls without a row, and why. */
interface Outside {
  readonly why: string;
  readonly calls: Readonly<Partial<Record<ApiName, readonly string[]>>>;
}

const file = new URL('../../../spec/clients/node-api-outside.yml', import.meta.url);
const outside = parse(readFileSync(file, 'utf8')) as readonly Outside[];
const rows = clientRows<CallRow>('node-api').map(({ api, call }) => `${api}.${call}`);
const apart = outside.flatMap(({ calls }) =>
  Object.entries(calls).flatMap(([api, names]) => names.map((name) => `${api}.${name}`)),
);

describe('the calls of azure-devops-node-api', () => {
  it.each(NODE_APIS)('$version: each has a row, or a reason to have none (REST §5)', (library) => {
    const known = new Set([...rows, ...apart]);
    expect(callsOf(library).filter((call) => !known.has(call))).toEqual([]);
  });

  it('what has a reason has no row, and is a call', () => {
    const all = new Set(NODE_APIS.flatMap(callsOf));
    expect(apart.filter((call) => rows.includes(call) || !all.has(call))).toEqual([]);
  });
});
