import type { BundleRow, WholeInterlocking } from '@signalbox/engine';

const WORDS: Readonly<Record<string, string>> = {
  expected: 'awaiting',
  queued: 'waiting',
  waitingOnChecks: 'waiting',
  inUse: 'holding',
};

/** Rows never change, so that what was said of one stays so. */
const LINES = new WeakMap<BundleRow, string>();

/** What became of every stage attempt, in the reference's words. */
export function summaryOf({ bundles, locks }: WholeInterlocking): readonly string[] {
  return [...bundles.values()].map((bundle) => {
    const line = LINES.get(bundle) ?? lineOf(bundle, locks);
    LINES.set(bundle, line);
    return line;
  });
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
