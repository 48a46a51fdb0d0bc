import type { DefinitionId } from '@signalbox/model';
import { NOTHING, type Mail, type Outcome } from '../outcome.ts';
import type { TriggerEvent } from './events.ts';
import type { TriggerRows } from './evolve.ts';

/**
 * Begins the runs that waited for their pipelines, oldest first, unless these are paused still (TRIG-60, X-23). Told
 * again, it finds nothing to do.
 */
export function releaseRuns({ header }: TriggerRows, paused: readonly DefinitionId[]): Outcome<TriggerEvent> {
  const free = Object.entries(header.held ?? {})
    .map(([id, runs]) => ({ definition: Number(id), runs }))
    .filter(({ definition }) => !paused.includes(definition));
  if (free.length === 0) return NOTHING;
  const runs = free.flatMap((one) => one.runs).sort((a, b) => a - b);
  return {
    events: free.map((one) => ({ type: 'RunsReleased', ...one })),
    mail: runs.map((id): Mail => ({ to: { kind: 'run', id }, body: { type: 'Begin', held: true } })),
    effects: [],
  };
}
