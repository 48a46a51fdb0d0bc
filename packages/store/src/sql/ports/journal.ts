import type { Address } from '@signalbox/engine';
import type { Listeners } from '../../listeners.ts';
import { pageLimit } from '../../cursor.ts';
import { feedCursor, feedPlace } from '../../feed-cursor.ts';
import type { FeedEntry, Journal, JournalEntry, JournalPart } from '../../port/journal.ts';
import { addressOf } from '../../unit/address.ts';
import { rows } from '../builder.ts';
import { feedBySeq, feedByTransaction, tailBySeq, tailByTransaction, type FeedTuple } from '../hot/feed.ts';
import type { Dialect } from '../migrations/dialect.ts';
import { found, type Runner } from '../runner.ts';
import { loadPlan } from '../load-run.ts';
import { all, first, type Work } from '../work.ts';

/** The journal over a database. */
export function journal(runner: Runner, engine: Dialect['engine'], growth: Listeners): Journal {
  return {
    read: (address, options) => runner.read(() => read(runner, address, options ?? {})),
    feed: (after, limit) => runner.read(() => feed(runner, engine, { after, limit })),
    tail: () => runner.read(() => tail(engine)),
    onGrowth: (listener) => growth.add(listener),
  };
}

function* read(
  runner: Runner,
  address: Address,
  { after = 0, before = Number.MAX_SAFE_INTEGER, limit, newestFirst = false }: JournalPart,
): Work<readonly JournalEntry[]> {
  const found = yield* rows(
    runner.db
      .selectFrom('journal')
      .select(['version', 'at', 'event', 'cause'])
      .where('kind', '=', address.kind)
      .where('id', '=', address.id)
      .where('version', '>', after)
      .where('version', '<', before)
      .orderBy('version', newestFirst ? 'desc' : 'asc')
      .limit(limit ?? Number.MAX_SAFE_INTEGER),
  );
  const entries: JournalEntry[] = [];
  for (const { cause, ...columns } of found) {
    const read = yield* entry(runner, { address, ...columns });
    entries.push(cause === null ? read : ({ ...read, cause: JSON.parse(cause) } as JournalEntry));
  }
  return entries;
}

function* feed(
  runner: Runner,
  engine: Dialect['engine'],
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
): Work<Awaited<ReturnType<Journal['feed']>>> {
  const [xid, seq] = feedPlace(after);
  const statement = engine === 'postgres' ? feedByTransaction : feedBySeq;
  const tuples = yield* all(statement, xid, seq, pageLimit({ limit }));
  const entries: FeedEntry[] = [];
  for (const tuple of tuples) entries.push(yield* feedEntry(runner, tuple));
  return { entries, cursor: entries.at(-1)?.cursor ?? feedCursor(xid, seq) };
}

function* feedEntry(runner: Runner, tuple: FeedTuple): Work<FeedEntry> {
  const [xid, seq, kind, id, version, at, event, ofRun] = tuple;
  const address = addressOf(kind, id);
  const project = address.kind === 'run' ? ofRun : address.kind === 'pool' ? null : address.id;
  return {
    ...(yield* entry(runner, { address, version, at, event })),
    cursor: feedCursor(xid, seq),
    ...(project !== null && { project }),
  };
}

/** The plan of a birth is kept once, beside the run; the journal gets it back here. */
function* entry(
  runner: Runner,
  { address, version, at, event }: { address: Address; version: number; at: number; event: string },
): Work<JournalEntry> {
  const parsed = JSON.parse(event) as JournalEntry['event'];
  if (parsed.type !== 'RunCreated') return { address, version, at, event: parsed } as JournalEntry;
  const plan = found(yield* loadPlan(runner.plans, address.id), `plan of run ${address.id}`);
  return { address, version, at, event: { ...parsed, plan } } as JournalEntry;
}

function* tail(engine: Dialect['engine']): Work<string> {
  const [xid, seq] = (yield* first(engine === 'postgres' ? tailByTransaction : tailBySeq)) ?? ['0', 0];
  return feedCursor(xid, seq);
}
