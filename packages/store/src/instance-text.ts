import type { InstanceKey } from '@signalbox/engine';
import { fold } from '@signalbox/model';

/** One text per job instance of a run; names compare folded (NAME-2). */
export function instanceText(key: InstanceKey): string {
  const { stage, stageAttempt, job, jobAttempt, hook, leg } = key;
  const names = [fold(stage), stageAttempt, fold(job), jobAttempt, hook ?? null];
  return JSON.stringify(leg === undefined ? names : [...names, fold(leg)]);
}
