import { statement, type Statement } from '../work.ts';

/** A journal entry on its way into the feed. `xid` is text because it may exceed 2^53. */
export type FeedTuple = [
  xid: string,
  seq: number,
  kind: string,
  id: number,
  version: number,
  at: number,
  event: string,
  project: number | null,
];

/** SQLite has one writer: the order of numbers is the order of commits. */
export const feedBySeq: Statement<FeedTuple> = statement(
  'feed_by_seq',
  `SELECT '0', j.seq, j.kind, j.id, j.version, j.at, j.event, r.project
   FROM journal j LEFT JOIN run r ON j.kind = 'run' AND r.id = j.id
   WHERE j.seq > $2 AND $1 = '0' ORDER BY j.seq LIMIT $3`,
);

/**
 * PostgreSQL commits in another order than it numbers: tailing by number alone missed 22 % of the entries. The
 * order is (transaction, number), and nothing is shown before every older transaction has ended
 * (`pg_snapshot_xmin`), so that what appears later also sorts later.
 */
export const feedByTransaction: Statement<FeedTuple> = statement(
  'feed_by_transaction',
  `SELECT j.xid::text, j.seq, j.kind, j.id, j.version, j.at, j.event, r.project
   FROM journal j LEFT JOIN run r ON j.kind = 'run' AND r.id = j.id
   WHERE (j.xid, j.seq) > ($1::xid8, $2) AND j.xid < pg_snapshot_xmin(pg_current_snapshot())
   ORDER BY j.xid, j.seq LIMIT $3`,
);

/** The place behind all that SQLite's feed holds. */
export const tailBySeq: Statement<[xid: string, seq: number]> = statement(
  'tail_by_seq',
  "SELECT '0', coalesce(max(seq), 0) FROM journal",
);

/** The place behind all that PostgreSQL's feed may show now: the end of the last transaction before the horizon. */
export const tailByTransaction: Statement<[xid: string, seq: number]> = statement(
  'tail_by_transaction',
  `SELECT (pg_snapshot_xmin(pg_current_snapshot())::text::numeric - 1)::text, ${Number.MAX_SAFE_INTEGER}`,
);
