import type { WireApproval } from '@signalbox/api';

/** What became of an approval, in one sentence. */
export function approvalText({ pipeline, stage, resource, status, waitsFor, message }: WireApproval): string {
  const what = `The approval of ${resource.name} for ${stage.name} of run ${pipeline.owner.id}`;
  if (status === 'pending') return `${what} still waits for ${waitsFor.join(', ')}.`;
  if (status === 'deferred') return `${what} is given, and counts later.`;
  return `${what} is ${status === 'timedOut' ? 'timed out' : status}.${message === undefined ? '' : ` ${message}`}`;
}
