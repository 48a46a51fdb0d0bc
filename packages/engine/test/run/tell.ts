import { expect } from 'vitest';
import { OneRun } from './one-run.ts';
import type { ShortChecks } from './short-checks.ts';
import type { ShortMachines } from './short-machines.ts';
import type { ShortPlan } from './short-plan.ts';
import { act, look, type StoryIdentity } from './story.ts';

/** One case of `spec/runs` or `spec/checks`. */
export interface Story extends ShortPlan {
  readonly name: string;
  readonly rules: readonly string[];
  readonly run?: StoryIdentity;
  /** The checks of environments. */
  readonly checks?: ShortChecks;
  /** Environments that the pipeline may not use until somebody permits it. */
  readonly forbidden?: readonly string[];
  /** The machines of environments. */
  readonly machines?: ShortMachines;
  readonly story: readonly (string | Readonly<Record<string, unknown>>)[];
}

/** Tells a case; the mapping shows what is so at that point of the story. */
export function tell({ run: identity, checks, forbidden, machines, story, ...plan }: Story): void {
  const resources = {
    ...(checks !== undefined && { checks }),
    ...(forbidden !== undefined && { forbidden }),
    ...(machines !== undefined && { machines }),
  };
  const run = new OneRun(plan, identity, resources);
  let told = '';
  let reply: ReturnType<typeof act>;
  for (const line of typeof story[0] === 'string' && story[0] === 'cancel' ? story : ['begin', ...story]) {
    if (typeof line === 'string') {
      told += `\n  ${line}`;
      reply = act(run, line);
      continue;
    }
    const seen = Object.fromEntries(Object.keys(line).map((key) => [key, look(run, key, reply)]));
    expect(seen, `after${told}`).toEqual(line);
  }
}
