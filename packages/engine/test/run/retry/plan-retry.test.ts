import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { fold, type NodeResult } from '@signalbox/model';
import { needsRetry, planJobs, planStages } from '../../../src/run/retry/plan-retry.ts';

interface Row {
  readonly name: string;
  readonly rules: readonly string[];
  readonly stages?: Readonly<Record<string, string>>;
  readonly jobs?: Readonly<Record<string, string>>;
  readonly retry?: { readonly stage?: string; readonly allJobs?: boolean; readonly alone?: boolean };
  readonly again: Readonly<Record<string, string>>;
}

const rows = parse(
  readFileSync(fileURLToPath(new URL('../../../../../spec/runs/retry-plans.yml', import.meta.url)), 'utf8'),
) as readonly Row[];

/** `failed after A B`: a result, and what the node depends on. */
function nodeOf(text: string): { readonly result: string; readonly dependsOn: ReturnType<typeof fold>[] } {
  const [result = '', after = ''] = text.split(' after ');
  return { result, dependsOn: after.split(' ').filter(Boolean).map(fold) };
}

function stagesAgain({ stages = {}, retry = {} }: Row): Readonly<Record<string, string>> {
  const planned = planStages(
    Object.entries(stages).map(([name, text]) => {
      const { result, dependsOn } = nodeOf(text);
      const attempted = result !== 'open';
      const needs = attempted && needsRetry(result as NodeResult);
      return { key: fold(name), dependsOn, attempted, needsRetry: needs, whole: !needs };
    }),
    {
      allJobs: retry.allJobs ?? false,
      alone: retry.alone ?? false,
      ...(retry.stage !== undefined && { stage: fold(retry.stage) }),
    },
  );
  const names = Object.keys(stages);
  return Object.fromEntries([...planned].map(([key, how]) => [names.find((one) => fold(one) === key), how]));
}

function jobsAgain({ jobs = {}, retry = {} }: Row): Readonly<Record<string, string>> {
  const nodes = Object.entries(jobs).map(([name, text]) => {
    const { result, dependsOn } = nodeOf(text);
    return { key: fold(name), name, dependsOn, needsRetry: needsRetry(result as NodeResult) };
  });
  const planned = planJobs(nodes, retry.allJobs === true ? 'all' : 'needed');
  return Object.fromEntries(planned.map(({ name, how }) => [name, how]));
}

describe('spec/runs/retry-plans.yml', () => {
  it.each(rows.map((row) => [`${row.name} (${row.rules.join(', ')})`, row] as const))('%s', (_, row) => {
    expect(row.stages === undefined ? jobsAgain(row) : stagesAgain(row)).toEqual(row.again);
  });
});
