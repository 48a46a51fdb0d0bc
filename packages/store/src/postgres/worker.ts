import type { Address, Mail, Reply } from '@signalbox/engine';
import type { Instant } from '@signalbox/model';
import { BATCH, MAX_ATTEMPTS } from '../limits.ts';
import { deleteMail, dueMail, failMail } from '../sql/hot/mail.ts';
import { unit, type Done, type Head, type Workshop } from '../sql/unit.ts';
import { all, call, first, together } from '../sql/work.ts';
import { addressOf } from '../unit/address.ts';
import { parkedReply } from '../unit/command.ts';
import type { Letter } from '../unit/decide.ts';
import { claimOne, claimReady, type Claimed } from './claim.ts';
import { replyCall, replyCalls, type Courier } from './courier.ts';
import { transaction, type Database } from './database.ts';
import { isTrouble, type Session } from './session.ts';

/** A letter with its row. */
interface Row extends Letter {
  readonly seq: number;
  readonly attempts: number;
}

/** What one step of work did. */
export interface Step {
  readonly units: number;
  readonly messages: number;
  readonly parked: number;
  /** What was decided and committed, oldest first. */
  readonly done: readonly Done[];
  /** Replies that became true. */
  readonly replies: readonly { readonly key: string; readonly reply: Reply }[];
}

interface Failure {
  readonly address: Address;
  readonly letters: readonly Row[];
  readonly error: unknown;
}

/** Thrown to roll a unit back; says whose letters failed. */
class UnitFailed extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super('unit failed', { cause: failure.error });
    this.failure = failure;
  }
}

/** Takes aggregates and works them, one transaction each. Any number of workers, here and in other replicas. */
export class Worker {
  readonly #database: Database;
  readonly #shop: Workshop;
  readonly #courier: Courier;

  constructor(database: Database, shop: Workshop, courier: Courier) {
    this.#database = database;
    this.#shop = shop;
    this.#courier = courier;
  }

  /** Handles the mail of the aggregate that has waited longest; undefined when none is free and due. */
  async step(clock: Instant): Promise<Step | undefined> {
    try {
      return await this.#unit({ clock, limit: BATCH, claim: () => first(claimReady, clock) });
    } catch (error) {
      if (!(error instanceof UnitFailed)) throw error;
      return this.#oneByOne(error.failure, clock);
    }
  }

  async #unit(options: {
    readonly clock: Instant;
    readonly limit: number;
    readonly claim: () => ReturnType<typeof first<Claimed>>;
  }): Promise<Step | undefined> {
    const { clock, limit, claim } = options;
    const step = await this.#database.borrow((session) =>
      transaction(session, async () => {
        const claimed = await session.perform(claim());
        if (claimed === undefined) return undefined;
        const [kind, id, version, lastTime] = claimed;
        const address = addressOf(kind, id);
        const letters = await this.#letters(session, address, { clock, limit });
        if (letters.length === 0) return idle();
        return await this.#decide(session, { address, letters, head: { version, lastTime }, clock });
      }),
    );
    for (const { decision } of step?.done ?? []) this.#courier.remember(decision.mail);
    return step;
  }

  async #letters(
    session: Session,
    { kind, id }: Address,
    { clock, limit }: { readonly clock: Instant; readonly limit: number },
  ): Promise<readonly Row[]> {
    const rows = await session.perform(all(dueMail, kind, id, clock, limit));
    return rows.map(([seq, body, command, attempts]) => ({
      seq,
      attempts,
      body: JSON.parse(body) as Mail['body'],
      ...(command !== null && { command }),
    }));
  }

  async #decide(
    session: Session,
    work: {
      readonly address: Address;
      readonly letters: readonly Row[];
      readonly head: Head;
      readonly clock: Instant;
    },
  ): Promise<Step> {
    const { address, letters } = work;
    try {
      const done = await session.perform(unit(this.#shop, address, work));
      await session.perform(
        together([
          ...letters.map(({ seq }) => call(deleteMail, seq)),
          ...replyCalls(done),
          ...this.#courier.deliveries(done.decision.mail, done.now),
        ]),
      );
      const { replies } = done.decision;
      return { units: 1, messages: letters.length, parked: 0, done: [done], replies };
    } catch (error) {
      throw isTrouble(error) ? error : new UnitFailed({ address, letters, error });
    }
  }

  /** One letter of a batch is poison: alone, each of the others is handled and that one is found (F16). */
  async #oneByOne({ address, letters, error }: Failure, clock: Instant): Promise<Step> {
    const [only, ...others] = letters;
    if (only !== undefined && others.length === 0) return this.#fail(address, only, error);
    const claim = () => first(claimOne, address.kind, address.id);
    let total: Step = idle();
    for (let count = 0; count < letters.length * MAX_ATTEMPTS; count += 1) {
      let step: Step | undefined;
      try {
        step = await this.#unit({ clock, limit: 1, claim });
      } catch (failed) {
        if (!(failed instanceof UnitFailed)) throw failed;
        const [letter] = failed.failure.letters;
        if (letter !== undefined) step = await this.#fail(address, letter, failed.failure.error);
      }
      if (step === undefined || (step.units === 0 && step.parked === 0 && step.messages === 0)) break;
      total = sum(total, step);
    }
    return total;
  }

  /** Counts the failure in a transaction of its own; the last one parks the letter and answers its sender. */
  async #fail(address: Address, letter: Row, error: unknown): Promise<Step> {
    const reason = error instanceof Error ? error.message : String(error);
    const attempts = letter.attempts + 1;
    const parks = attempts >= MAX_ATTEMPTS;
    const reply = parkedReply(reason);
    const { command } = letter;
    const replies = parks && command !== undefined ? [{ key: command, reply }] : [];
    await this.#database.write(() =>
      together([
        call(failMail, letter.seq, attempts, parks ? reason : null),
        ...replies.map((each) => replyCall(each.key, each.reply)),
      ]),
    );
    return { units: 0, messages: 1, parked: parks ? 1 : 0, done: [], replies };
  }
}

function idle(): Step {
  return { units: 0, messages: 0, parked: 0, done: [], replies: [] };
}

function sum(a: Step, b: Step): Step {
  return {
    units: a.units + b.units,
    messages: a.messages + b.messages,
    parked: a.parked + b.parked,
    done: [...a.done, ...b.done],
    replies: [...a.replies, ...b.replies],
  };
}
