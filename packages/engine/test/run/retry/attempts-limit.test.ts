import { describe, expect, it } from 'vitest';
import { createRun } from '@signalbox/engine';
import { MAX_STAGE_ATTEMPTS } from '../../../src/run/limits.ts';
import { OneRun } from '../one-run.ts';

/** A run whose only stage failed in this attempt. */
function failedIn(attempt: number): { readonly code: string | undefined } {
  const run = new OneRun({ stages: { A: null } });
  run.begin();
  run.finish('A', 'failed');
  const state = { ...run.state, stages: run.state.stages.map((stage) => ({ ...stage, attempt })) };
  const working = createRun(run.state.id);
  working.supply([{ of: { need: 'run' }, state, plan: run.plan }]);
  const handled = working.handle({ type: 'Retry', allJobs: false, alone: false, by: 'eve' }, run.now);
  const reply = handled.kind === 'decided' ? handled.outcome.reply : undefined;
  return { code: reply?.ok === false ? reply.refusal.code : undefined };
}

describe('the bound on attempts (RETRY-8)', () => {
  it('lets a stage have so many attempts and no more', () => {
    expect(failedIn(MAX_STAGE_ATTEMPTS - 1).code).toBeUndefined();
    expect(failedIn(MAX_STAGE_ATTEMPTS).code).toBe('attempts-limit');
  });
});
