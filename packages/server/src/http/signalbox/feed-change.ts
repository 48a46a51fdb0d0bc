import type { FeedChange } from '@signalbox/api';
import type { LockId, RunId } from '@signalbox/model';
import type { FeedEntry } from '@signalbox/store';
import { wireTime } from '../shape/common.ts';

/** What the feed tells of a journal entry: what changed, not how; readers read it anew. No secret is in it. */
export function feedChange(entry: FeedEntry): FeedChange {
  const { address, version, at, event, project } = entry;
  const run = runOf(entry);
  const locks = locksOf(event);
  return {
    project: project ?? 0,
    kind: address.kind,
    id: address.id,
    version,
    at: wireTime(at),
    type: event.type,
    ...(run !== undefined && { run }),
    ...(locks.length > 0 && { locks }),
  };
}

function runOf({ address, event }: FeedEntry): RunId | undefined {
  if (address.kind === 'run') return address.id;
  if ('run' in event) return event.run;
  // Callers from outside have no run.
  if (event.type === 'BundleQueued') return event.bundle.requester.run || undefined;
  return event.type === 'RequestQueued' ? event.request.run : undefined;
}

/** The locks that an event names; bundles are in several, and their other events name only themselves. */
function locksOf(event: FeedEntry['event']): readonly LockId[] {
  if (event.type === 'BundleQueued') return event.bundle.requests.map((request) => request.lock);
  if (event.type === 'BundleGranted') return event.requests.map((request) => request.lock);
  return 'lock' in event ? [event.lock] : [];
}
