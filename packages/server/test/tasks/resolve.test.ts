import { readFileSync } from 'node:fs';
import { compile, reachOf } from '@signalbox/compiler';
import { readTaskManifest, type Plan, type TaskManifest } from '@signalbox/model';
import type { TaskPackageRow } from '@signalbox/store';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { resolveTasks } from '../../src/tasks/resolve-tasks.ts';

const FILE = new URL('../../../../spec/tasks/resolve.yml', import.meta.url);

interface Case {
  readonly name: string;
  readonly rules: readonly string[];
  readonly installed?: readonly string[];
  readonly execution?: unknown;
  readonly demands?: readonly string[];
  readonly minimumAgentVersion?: string;
  readonly container?: string;
  readonly step?: string;
  readonly steps?: readonly string[];
  readonly gives?: string;
  readonly pool?: readonly string[];
  readonly problem?: string;
  readonly help?: string;
  readonly line?: number;
}

describe('spec/tasks/resolve.yml', () => {
  const cases = parse(readFileSync(FILE, 'utf8')) as readonly Case[];
  it.each(cases.map((one) => [`${one.name} [${one.rules.join(', ')}]`, one] as const))(
    '%s',
    async (_, one) => {
      for (const step of one.steps ?? [one.step ?? '']) await check(one, step);
    },
  );
});

async function check(one: Case, step: string): Promise<void> {
  const container = one.container === undefined ? '' : `container: ${one.container}\n`;
  const plan = await planOf(`${container}steps:\n- script: before\n- task: ${step}\n`);
  const rows = (one.installed ?? []).map((text) => rowOf(one, text));
  const resolved = resolveTasks(plan, rows);
  if (one.problem !== undefined) {
    const [problem, ...others] = resolved.ok ? [] : resolved.diagnostics;
    expect(others).toEqual([]);
    expect(`${problem?.code} ${problem?.message}`).toBe(one.problem.trim());
    expect(problem?.help).toBe(one.help?.trim());
    if (one.line !== undefined) expect(problem?.range).toMatchObject({ file: 'a.yml', line: one.line });
    return;
  }
  if (!resolved.ok) throw new Error(resolved.diagnostics.map(({ message }) => message).join());
  const job = resolved.plan.stages[0]?.jobs[0];
  const task = job?.kind === 'job' ? job.steps.at(-1)?.task : undefined;
  const text = [`${task?.name}@${task?.version}`, task?.package?.sha256].filter(Boolean).join(' ');
  expect(text).toBe(one.gives === '*' ? step : one.gives);
  if (one.pool === undefined || job?.pool.kind !== 'pool') return;
  const demands = job.pool.demands.map(
    ({ capability, equals }) => capability + (equals === undefined ? '' : `=${equals}`),
  );
  expect(demands).toEqual(one.pool);
}

async function planOf(text: string): Promise<Plan> {
  const files = { read: async (path: string) => (path === 'a.yml' ? text : undefined) };
  const compiled = await compile({ files, path: 'a.yml' });
  if (!compiled.ok) throw new Error(compiled.diagnostics.map(({ message }) => message).join());
  return compiled.plan;
}

/** An installed package whose hash is its version, so that a case can see which one it is. */
function rowOf({ execution, demands = [], minimumAgentVersion }: Case, text: string): TaskPackageRow {
  const [name = '', version = ''] = text.split(' ');
  const manifest = manifestOf({ name, version, execution, demands, minimumAgentVersion });
  return { id: 1, manifest, sha256: version, size: 1, installedBy: 'ann', installedAt: 0 };
}

function manifestOf({
  name,
  version,
  ...rest
}: { name: string; version: string } & Record<string, unknown>): TaskManifest {
  const [Major, Minor, Patch] = version.split('.').map(Number);
  const json = {
    id: '0f077e3a-af59-496d-81bc-ad971b7464e0',
    name,
    version: { Major, Minor, Patch },
    ...rest,
    execution: rest['execution'] ?? { Node20_1: { target: 'main.js' } },
  };
  const read = readTaskManifest(JSON.stringify(json));
  if (!read.ok) throw new Error(read.problems.join());
  return read.manifest;
}

describe('a resolved task', () => {
  it('brings what its own inputs name into the reach of its stage (CHK-2)', async () => {
    const inputs = [
      { name: 'where', aliases: ['target'], type: 'connectedService:Generic' },
      { name: 'key', type: 'secureFile' },
    ];
    const manifest = manifestOf({ name: 'Greet', version: '1.0.0', inputs });
    const row = { id: 1, manifest, sha256: 'h', size: 1, installedBy: 'ann', installedAt: 0 };
    const plan = await planOf('steps:\n- task: Greet@1\n  inputs: { target: "prod, test", KEY: key.pem }\n');
    const resolved = resolveTasks(plan, [row]);
    if (!resolved.ok) throw new Error('not resolved');
    const names = reachOf(resolved.plan)[0]?.resources.map(
      ({ type, name }) => `${type} ${typeof name === 'string' ? name : ''}`,
    );
    expect(names).toEqual(['endpoint prod', 'endpoint test', 'securefile key.pem']);
  });
});
