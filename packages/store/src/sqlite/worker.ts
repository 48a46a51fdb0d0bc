import type { Address, Mail, Reply } from '@signalbox/engine';
import type { Instant } from '@signalbox/model';
import { BATCH, MAX_ATTEMPTS } from '../limits.ts';
import { appendJournals, journalEnd } from '../sql/hot/journal.ts';
import { deleteMail, dueMail, failMail, insertMail, nextDue, readyAggregates } from '../sql/hot/mail.ts';
import { unit, type Done, type Head, type Workshop } from '../sql/unit.ts';
import { all, call, first, together, type Call } from '../sql/work.ts';
import { writesOf } from '../sql/write-changes.ts';
import { addressOf, addressText } from '../unit/address.ts';
import { deliver } from '../unit/batch.ts';
import { parkedReply } from '../unit/command.ts';
import { LetterFailure, type Letter } from '../unit/decide.ts';
import { isTrouble, type Connection } from './connection.ts';
import { Memo } from './memo.ts';
import type { Turn } from './turn.ts';

/** A letter with what is needed to be rid of it. */
interface Handled extends Letter {
  /** Its row, when it came from the table. */
  readonly seq?: number;
}

/** Letters of one aggregate, and when they are handled. */
interface Batch {
  readonly address: Address;
  readonly letters: readonly Handled[];
  readonly clock: Instant;
}

/** A turn without savepoints met something that only a savepoint can undo: it must be done again, with them. */
export class NotSoEasy extends Error {
  constructor(cause: unknown) {
    super('the turn must be done again with savepoints', { cause });
    this.name = 'NotSoEasy';
  }
}

/** Counts of one drain. */
export interface Tally {
  units: number;
  messages: number;
  parked: number;
}

/** Aggregates whose journal's end is remembered; dropped all at once when there are more. */
const MAX_HEADS = 50_000;

/** Units between two looks for ready aggregates in the table. */
const READY = 64;

/**
 * Works mail inside the writer's open transaction, each unit in a savepoint of its own.
 * This process is the only writer (`ownFolder`), so ends of journals and the first timer are remembered.
 */
export class Worker {
  readonly #connection: Connection;
  readonly #shop: Workshop;
  readonly #memo = new Memo();
  readonly #heads = new Map<string, Head>();
  #firstTimer: Instant | undefined;
  /** True when the table may hold mail that is due. */
  #backlog = true;

  constructor(connection: Connection, shop: Omit<Workshop, 'behind' | 'database'>) {
    this.#connection = connection;
    this.#shop = { ...shop, database: 'sqlite', behind: this.#memo };
  }

  get hasBacklog(): boolean {
    return this.#backlog;
  }

  /** Looks into the table at the next drain, whatever is remembered. */
  lookAgain(): void {
    this.#backlog = true;
  }

  /** After a rollback nothing remembered is sure. */
  forget(): void {
    this.#forgetRows();
    this.#backlog = true;
  }

  /** Handles due mail, rows before letters of this turn because they are older, until the budget is spent. */
  drain(turn: Turn, clock: Instant, spent: (tally: Tally) => boolean): Tally {
    const tally: Tally = { units: 0, messages: 0, parked: 0 };
    if (this.#firstTimer !== undefined && this.#firstTimer <= clock) this.#backlog = true;
    while (this.#backlog && !spent(tally)) this.#drainRows(turn, clock, { tally, spent });
    while (!this.#backlog && !spent(tally)) {
      const next = turn.take(BATCH);
      if (next === undefined) break;
      this.#handle(turn, { ...next, clock, tally });
    }
    return tally;
  }

  /** Writes what the turn leaves behind, before its COMMIT. */
  settle(turn: Turn): void {
    if (turn.hasLetters) this.#backlog = true;
    this.#write(turn.remains());
    this.#writeMemo();
    if (turn.firstTimer !== undefined) {
      this.#firstTimer = Math.min(this.#firstTimer ?? turn.firstTimer, turn.firstTimer);
    }
  }

  #drainRows(
    turn: Turn,
    clock: Instant,
    bounds: { readonly tally: Tally; readonly spent: (tally: Tally) => boolean },
  ): void {
    const ready = this.#connection.perform(all(readyAggregates, clock, READY));
    for (const [kind, id] of ready) {
      if (bounds.spent(bounds.tally)) return;
      const address = addressOf(kind, id);
      const rows = this.#connection.perform(all(dueMail, kind, id, clock, BATCH));
      const letters = rows.map(([seq, body, command]): Handled => ({
        seq,
        body: JSON.parse(body) as Mail['body'],
        ...(command !== null && { command }),
      }));
      this.#handle(turn, { address, letters, clock, tally: bounds.tally });
    }
    if (ready.length > 0) return;
    this.#backlog = false;
    this.#firstTimer = this.#connection.perform(first(nextDue))?.[0] ?? undefined;
  }

  #handle(
    turn: Turn,
    batch: {
      readonly address: Address;
      readonly letters: readonly Handled[];
      readonly clock: Instant;
      readonly tally: Tally;
    },
  ): void {
    const { address, tally } = batch;
    deliver(batch.letters, {
      isTrouble: (error) => isTrouble(error) || error instanceof NotSoEasy,
      attempt: (letters) => {
        this.#post(turn, this.#attempt(turn, { address, letters, clock: batch.clock }));
        tally.units += 1;
        tally.messages += letters.length;
      },
      park: (letter, reason) => {
        this.#park(turn, { address, letter, reason });
        tally.parked += 1;
      },
    });
  }

  #attempt(turn: Turn, batch: Batch): Done {
    return turn.isCareful ? this.#guarded(batch) : this.#hopeful(batch);
  }

  /** Without a savepoint: nearly every unit succeeds, and two statements of twenty are saved. */
  #hopeful(batch: Batch): Done {
    try {
      return this.#unit(batch);
    } catch (error) {
      // A handler that throws does so before anything is written; whatever else fails needs a rollback.
      throw error instanceof LetterFailure || isTrouble(error) ? error : new NotSoEasy(error);
    }
  }

  #guarded(batch: Batch): Done {
    this.#connection.exec('SAVEPOINT unit');
    try {
      const done = this.#unit(batch);
      this.#writeMemo();
      this.#connection.exec('RELEASE unit');
      return done;
    } catch (error) {
      this.#forgetRows();
      if (!isTrouble(error)) this.#connection.exec('ROLLBACK TO unit; RELEASE unit');
      throw error;
    }
  }

  #unit({ address, letters, clock }: Batch): Done {
    const key = addressText(address);
    const head = this.#head(address, key);
    const done = this.#connection.perform(unit(this.#shop, address, { letters, head, clock }));
    this.#write(letters.flatMap(removal));
    this.#remember(key, done.head);
    for (const { identity } of done.decision.births) {
      this.#remember(`run:${identity.id}`, { version: 1, lastTime: done.now });
    }
    return done;
  }

  #forgetRows(): void {
    this.#heads.clear();
    this.#memo.forget();
  }

  #writeMemo(): void {
    const rows = this.#memo.takeUnwritten().flatMap(({ address, change }) => writesOf(address, [change]));
    this.#write([...rows, ...appendJournals(this.#memo.takeJournal())]);
  }

  #write(calls: readonly Call[]): void {
    this.#connection.perform(together(calls));
  }

  #head(address: Address, key: string): Head {
    const known = this.#heads.get(key);
    if (known !== undefined) return known;
    const row = this.#connection.perform(first(journalEnd, address.kind, address.id));
    return row === undefined ? { version: 0, lastTime: 0 } : { version: row[0], lastTime: row[1] };
  }

  #remember(key: string, head: Head): void {
    if (this.#heads.size >= MAX_HEADS) this.#heads.clear();
    this.#heads.set(key, head);
  }

  #post(turn: Turn, { decision, now }: Done): void {
    turn.post(decision.mail, now);
    for (const { key, reply } of decision.replies) turn.replies.set(key, reply);
    if (decision.events.length > 0) turn.journalGrew = true;
  }

  #park(
    turn: Turn,
    { address, letter, reason }: { address: Address; letter: Handled; reason: string },
  ): void {
    if (letter.command !== undefined) {
      const reply: Reply = parkedReply(reason);
      turn.replies.set(letter.command, reply);
    }
    this.#write(parking(address, letter, reason));
  }
}

function removal(letter: Handled): Call[] {
  return letter.seq === undefined ? [] : [call(deleteMail, letter.seq)];
}

function parking(address: Address, letter: Handled, reason: string): Call[] {
  if (letter.seq !== undefined) return [call(failMail, letter.seq, MAX_ATTEMPTS, reason)];
  const body = JSON.stringify(letter.body);
  return [call(insertMail, address.kind, address.id, 0, body, null, MAX_ATTEMPTS, reason)];
}
