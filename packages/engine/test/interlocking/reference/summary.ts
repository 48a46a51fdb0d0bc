import type { BundleRow, WholeInterlocking } from '@signalbox/engine';

const WORDS: Readonly<Record<string, string>> = {
  expected: 'awaiting',
  queued: 'waiting',
  waitingOnChecks: 'waiting',
  inUse: 'holding',
};

/** What became of every stage attempt, in the reference's words. */
export function summaryOf({ bundles, locks }: WholeInterlocking): readonly string[] {
  return [...bundles.values()].map((bundle) => lineOf(bundle, locks));
}

function lineOf(
  { requester, status, supersededBy, requests }: BundleRow,
  locks: WholeInterlocking['locks'],
): string {
  const tokens = Object.fromEntries(
    requests.flatMap(({ lock, token }) => {
      const resource = locks.get(lock)?.resource;
      return token === undefined ? [] : [[`${resource?.type}/${resource?.id}`, token]];
    }),
  );
  const state = supersededBy === undefined ? (WORDS[status] ?? status) : 'superseded';
  const { run, stage, attempt } = requester;
  return JSON.stringify([run, stage, attempt, state, tokens, supersededBy?.run ?? null]);
}
