import { fold } from '@signalbox/model';
import { keyOf, type Of, type State } from './state.ts';

/** A run exists; these stages of it may still come to these resources. */
export function expectRun(s: State, { run, definition, runQueueTime, branch, stages }: Of<'Expected'>): void {
  for (const { stage, resources } of stages) {
    for (const resource of resources) {
      s.expected.push({ key: keyOf(resource), definition, stage: fold(stage), run, runQueueTime, branch });
    }
  }
}

/** The stage of the run will not come any more; no stage: none of its stages. */
export function stopExpecting(s: State, run: number, stage: string | undefined): void {
  s.expected = s.expected.filter(
    (row) => row.run !== run || (stage !== undefined && row.stage !== fold(stage)),
  );
}

/** A person is awaited for these stages, or has answered. */
export function person(
  s: State,
  { type, run, stages }: Of<'PersonAwaited' | 'PersonAnswered'>,
  now: number,
): void {
  for (const row of s.expected) {
    if (row.run !== run || !stages.some((stage) => fold(stage) === row.stage)) continue;
    if (type === 'PersonAwaited') row.since ??= now;
    else {
      delete row.since;
      delete row.lapsed;
    }
  }
}

/** `expectedLimit`: who has waited for a person that long holds nobody back. */
export function lapse(s: State, now: number): void {
  for (const row of s.expected) {
    const lock = s.locks.find(({ key }) => key === row.key);
    if (lock === undefined || row.since === undefined) continue;
    if (row.since + lock.policy.expectedLimitMinutes * 60_000 <= now) row.lapsed = true;
  }
}
