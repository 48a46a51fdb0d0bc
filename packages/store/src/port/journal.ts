import type { Address, AggregateKind, EventOf, MessageOf } from '@signalbox/engine';
import type { Instant, ProjectId } from '@signalbox/model';

/** One fact about one aggregate. */
export type JournalEntry = {
  readonly [K in AggregateKind]: {
    readonly address: Extract<Address, { kind: K }>;
    /** 1, 2, 3 … without a gap per aggregate (INV-44). */
    readonly version: number;
    readonly at: Instant;
    readonly event: EventOf[K];
    /**
     * The message that led to this fact and to those after it up to the next with a cause; kept for the locks,
     * so that an audit can decide again. The feed leaves it out.
     */
    readonly cause?: K extends 'interlocking' ? MessageOf[K] : never;
  };
}[AggregateKind];

/** A journal entry in the feed, with the cursor just behind it. */
export type FeedEntry = JournalEntry & {
  readonly cursor: string;
  /** Absent for pools. */
  readonly project?: ProjectId;
};

/** Which entries of one aggregate are read; absent: all, from the first. */
export interface JournalPart {
  /** Only those above this version. */
  readonly after?: number;
  /** Only those below this version. */
  readonly before?: number;
  readonly limit?: number;
  /** The newest first, so that `limit` leaves out the old ones. */
  readonly newestFirst?: boolean;
}

/** What happened, for ever: audit log, live feed, and test oracle. */
export interface Journal {
  /** The entries of one aggregate in order. */
  read(address: Address, part?: JournalPart): Promise<readonly JournalEntry[]>;
  /**
   * Entries of all aggregates behind the cursor; no cursor: from the first. Never skips: an entry that
   * commits later also comes later. `cursor` is where to go on, also when there was nothing.
   */
  feed(
    after: string | undefined,
    limit: number,
  ): Promise<{ readonly entries: readonly FeedEntry[]; readonly cursor: string }>;
  /** A cursor behind everything that is in the feed now. */
  tail(): Promise<string>;
  /** Calls when the feed may have grown; returns how to stop. */
  onGrowth(listener: () => void): () => void;
}
