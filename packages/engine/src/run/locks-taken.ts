import type { LockAnswer } from '../interlocking/messages.ts';
import { forceStage } from './force-cancel.ts';
import { completeInstance, resultWithoutReport } from './instance.ts';
import { continueJob } from './job.ts';
import { keyOf, placeOf, record, stageOf, tellPool, type Place, type Turn } from './turn.ts';

/**
 * An operator took the locks of the stage by force: nothing of it goes on without them, so it ends as by a forced
 * cancel. Of agents that are lost nobody expects a word any more: the operator has decided (LAW-10).
 */
export function locksTaken(
  turn: Turn,
  { stage: name, attempt, by, reason }: Extract<LockAnswer, { type: 'LocksTaken' }>,
): void {
  const stage = stageOf(turn.state, name);
  if (stage?.attempt !== attempt) return;
  if (stage.phase === 'running') forceStage(turn, stage, { by, reason });
  const message = `${by} released the locks of the stage by force: ${reason}`;
  for (const job of stage.jobs) {
    for (const instance of job.instances) {
      const place = placeOf(turn.state, keyOf(stage, job, instance));
      if (place !== undefined) writeOff(turn, place, message);
    }
  }
}

function writeOff(turn: Turn, place: Place, message: string): void {
  const { key, instance } = place;
  const lease = instance.phase === 'queued' ? undefined : instance.lease;
  if (lease?.lost === undefined || !lease.open) return;
  record(turn, { type: 'InstanceLeaseClosed', instance: key, lost: true, at: turn.now });
  const over = { run: turn.state.id, instance: key, lease: lease.token };
  tellPool(turn, instance, { type: 'JobOver', ...over, lost: true });
  completeInstance(turn, place, resultWithoutReport(place), message);
  continueJob(turn, key);
}
