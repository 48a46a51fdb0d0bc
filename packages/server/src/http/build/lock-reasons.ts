import type { WireRecord } from '@signalbox/api';
import { fold } from '@signalbox/model';
import type { Ask } from '../ask.ts';
import { createExplainer } from '../signalbox/explain.ts';
import type { FoundRun } from './find-run.ts';

const LOCK = '.Checkpoint.ExclusiveLock';

/** Says in the record of each lock that a stage waits for why it waits: the same reasons as everywhere. */
export async function withLockReasons(
  { app, now }: Ask,
  { run, project }: FoundRun,
  records: readonly WireRecord[],
): Promise<readonly WireRecord[]> {
  const waits = (record: WireRecord): boolean =>
    record.type === 'Checkpoint.ExclusiveLock' && record.state === 'inProgress';
  if (!records.some(waits)) return records;
  const bundles = await app.store.locks.ofRun(project.id, run.id);
  const explain = createExplainer(app.store, project, now);
  const told: WireRecord[] = [];
  for (const record of records) {
    const bundle = bundles.find(
      ({ requester: { stage, attempt } }) =>
        attempt === record.attempt && fold(`${stage}${LOCK}`) === fold(record.identifier),
    );
    const reasons =
      waits(record) && bundle !== undefined
        ? await explain.reasonsOf(await explain.blockersOf(bundle.id))
        : [];
    told.push(reasons.length === 0 ? record : { ...record, currentOperation: reasons.join(' ') });
  }
  return told;
}
