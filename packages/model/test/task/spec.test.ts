import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { completeInputs, nodeHandler, readTaskManifest, whyNotRunnable } from '../../src/index.ts';

const FILE = new URL('../../../../spec/tasks/manifests.yml', import.meta.url);

interface Case {
  readonly name: string;
  readonly rules: readonly string[];
  readonly json?: Readonly<Record<string, unknown>>;
  readonly text?: string;
  readonly problems?: readonly string[];
  readonly means?: Readonly<Record<string, unknown>>;
  readonly handler?: string;
  readonly cannot?: string;
  readonly given?: Readonly<Record<string, string>>;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly missing?: readonly string[];
  readonly unknown?: readonly string[];
}

const TASK = {
  id: '0f077e3a-af59-496d-81bc-ad971b7464e0',
  name: 'Greet',
  version: { Major: 1, Minor: 0, Patch: 0 },
};

describe('spec/tasks/manifests.yml', () => {
  const cases = parse(readFileSync(FILE, 'utf8')) as readonly Case[];
  it.each(cases.map((one) => [`${one.name} [${one.rules.join(', ')}]`, one] as const))('%s', (_, one) =>
    check(one),
  );
});

function check(one: Case): void {
  const { $task, ...json } = one.json ?? {};
  const read = readTaskManifest(one.text ?? JSON.stringify($task === true ? { ...TASK, ...json } : json));
  if (!read.ok || one.problems !== undefined) {
    const problems = read.ok ? [] : read.problems;
    expect(problems).toHaveLength(one.problems?.length ?? 0);
    for (const [at, wanted] of (one.problems ?? []).entries()) {
      if (wanted.endsWith('*')) expect(problems[at]).toContain(wanted.slice(0, -1));
      else expect(problems[at]).toBe(wanted);
    }
    return;
  }
  const { manifest } = read;
  if (one.means !== undefined) expect(manifest).toMatchObject(one.means);
  if (one.handler !== undefined) expect(nodeHandler(manifest, 'main')?.kind ?? 'none').toBe(one.handler);
  if (one.cannot !== undefined || one.handler !== undefined)
    expect(whyNotRunnable(manifest)).toBe(one.cannot);
  if (one.given === undefined) return;
  const complete = completeInputs(manifest, one.given);
  expect(complete.values).toEqual(one.inputs);
  expect(complete.missing).toEqual(one.missing ?? []);
  expect(complete.unknown).toEqual(one.unknown ?? []);
}
