import { fold } from '@signalbox/model';
import type {
  BundleRow,
  ExpectedRow,
  InterlockingAnswer,
  InterlockingNeed,
  WholeInterlocking,
} from '@signalbox/engine';

type Place = readonly [number, number];

/** Answers a need from all rows, by reading the contract of the need literally and nothing more. */
export function answerNeed(rows: WholeInterlocking, of: InterlockingNeed): InterlockingAnswer {
  switch (of.need) {
    case 'header':
      return { of, header: rows.header };
    case 'lockOf':
      return {
        of,
        locks: [...rows.locks.values()].filter(
          ({ resource }) => resource.type === of.resource.type && resource.id === of.resource.id,
        ),
      };
    case 'lock':
      return { of, locks: [...rows.locks.values()].filter(({ id }) => id === of.id) };
    case 'expected':
      return {
        of,
        expected: [...rows.expected.values()]
          .filter((row) => row.resource.type === of.resource.type && row.resource.id === of.resource.id)
          .filter((row) => row.definition === of.definition && row.stage === of.stage && !row.lapsed)
          .filter((row) => compare([row.runQueueTime, row.run], of.after) > 0)
          .toSorted((a, b) => compare([a.runQueueTime, a.run], [b.runQueueTime, b.run]))
          .slice(0, of.count),
      };
    case 'lapsed':
      return {
        of,
        expected: [...rows.expected.values()]
          .filter((row) => row.resource.type === of.resource.type && row.resource.id === of.resource.id)
          .filter((row) => row.definition === of.definition && row.stage === of.stage && row.lapsed)
          .filter((row) => compare([row.runQueueTime, row.run], of.before) < 0),
      };
    case 'awaitedAt':
      return {
        of,
        expected: [...rows.expected.values()]
          .filter((row) => row.resource.type === of.resource.type && row.resource.id === of.resource.id)
          .filter((row) => row.awaitedSince !== undefined && !row.lapsed),
      };
    case 'deployed':
      return {
        of,
        deployed: [...rows.deployed.values()].filter(
          ({ lock, definition }) => lock === of.lock && definition === of.definition,
        ),
      };
    case 'expectedOf':
      return { of, expected: [...rows.expected.values()].filter((row: ExpectedRow) => row.run === of.run) };
    case 'bundle':
    case 'bundleOf':
    case 'openOf':
    case 'holders':
    case 'front':
    case 'turned':
    case 'group':
    case 'awaiting':
    case 'barred':
    case 'waiting':
      return { of, bundles: bundlesFor([...rows.bundles.values()], of) };
  }
}

type BundleNeed = Exclude<
  InterlockingNeed,
  { need: 'header' | 'lockOf' | 'lock' | 'deployed' | 'expected' | 'lapsed' | 'awaitedAt' | 'expectedOf' }
>;

function bundlesFor(all: readonly BundleRow[], of: BundleNeed): readonly BundleRow[] {
  switch (of.need) {
    case 'bundle':
      return all.filter(({ id }) => id === of.id);
    case 'bundleOf':
      return all.filter(
        ({ requester }) =>
          requester.run === of.run &&
          fold(requester.stage) === fold(of.stage) &&
          requester.attempt === of.attempt,
      );
    case 'openOf':
      return all.filter(
        (row) =>
          row.requester.run === of.run &&
          (isWaiting(row) || row.status === 'inUse' || row.status === 'expected'),
      );
    case 'holders':
    case 'front':
    case 'turned':
    case 'group':
    case 'awaiting':
    case 'barred':
    case 'waiting':
      return bundlesAt(
        all.filter(
          ({ requests, inside }) => inside === undefined && requests.some(({ lock }) => lock === of.lock),
        ),
        of,
      );
  }
}

function bundlesAt(
  all: readonly BundleRow[],
  of: Exclude<BundleNeed, { need: 'bundle' | 'bundleOf' | 'openOf' }>,
): readonly BundleRow[] {
  const waiting = all.filter(isWaiting);
  const eligible = waiting.filter((row) => row.eligible);
  switch (of.need) {
    case 'holders':
      return all.filter(({ status }) => status === 'inUse');
    case 'front':
      return eligible
        .filter((row) => compare([row.order, row.id], of.after) > 0)
        .toSorted((a, b) => compare([a.order, a.id], [b.order, b.id]))
        .slice(0, of.count);
    case 'turned':
      return eligible.filter(({ turn }) => turn > of.after);
    case 'group':
      return eligible
        .filter(({ requester }) => requester.definition === of.definition)
        .filter(({ requester }) => of.branch === undefined || requester.branch === of.branch);
    case 'awaiting':
      return all
        .filter(({ status }) => status === 'expected')
        .filter(({ requester }) => requester.definition === of.definition)
        .filter(({ requester }) => of.branch === undefined || requester.branch === of.branch);
    case 'barred':
      return waiting
        .filter((row) => !row.eligible)
        .filter(({ requester }) => requester.definition === of.definition)
        .filter(({ requester }) => fold(requester.stage) === of.stage)
        .filter(({ requester }) => compare([requester.runQueueTime, requester.run], of.after) > 0)
        .toSorted((a, b) => compare(runPlace(a), runPlace(b)) || a.id - b.id)
        .slice(0, of.count);
    case 'waiting':
      return waiting;
  }
}

function isWaiting({ status }: BundleRow): boolean {
  return status === 'queued' || status === 'waitingOnChecks';
}

function runPlace({ requester }: BundleRow): Place {
  return [requester.runQueueTime, requester.run];
}

function compare(a: Place, b: Place): number {
  return a[0] - b[0] || a[1] - b[1];
}
