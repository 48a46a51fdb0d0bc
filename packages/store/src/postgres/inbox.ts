import type { Mail, Reply } from '@signalbox/engine';
import type { Instant } from '@signalbox/model';
import { StoreError } from '../errors.ts';
import type { Listeners } from '../listeners.ts';
import type { Inbox, ParkedMail } from '../port/inbox.ts';
import { commandByKey } from '../sql/hot/command.ts';
import { nextDue } from '../sql/hot/mail.ts';
import { parkedMail, replyTo, unparkMail } from '../sql/ports/inbox-reads.ts';
import type { Runner } from '../sql/runner.ts';
import { first, together, type Work } from '../sql/work.ts';
import { digestOf, keyReused } from '../unit/command.ts';
import { commandCall, ensureCall, letterCall, type Courier } from './courier.ts';

/** How often a command that another replica works is looked for: the safety net when its ring is lost. */
const POLL_MS = 100;

interface Waiter {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: StoreError) => void;
}

/** The inboxes over PostgreSQL. */
export class PostgresInbox implements Inbox {
  readonly #runner: Runner;
  readonly #courier: Courier;
  readonly #kick: () => void;
  readonly #mail: Listeners;
  /** Commands that wait here for their replies. */
  readonly #waiters = new Map<string, Waiter[]>();
  #poll: NodeJS.Timeout | undefined;

  constructor(
    runner: Runner,
    courier: Courier,
    context: { readonly kick: () => void; readonly mail: Listeners },
  ) {
    this.#runner = runner;
    this.#courier = courier;
    this.#kick = context.kick;
    this.#mail = context.mail;
    // Another replica's ring may mean that it answered.
    this.#mail.add(() => void this.#look());
  }

  async submit(mail: readonly Mail[]): Promise<void> {
    const now = this.#runner.clock();
    await this.#runner.write(() => together(this.#courier.deliveries(mail, now)));
    this.#courier.remember(mail);
    this.#kick();
    if (mail.some(({ due }) => due !== undefined && due > now)) this.#mail.call();
  }

  async execute(mail: Mail, replyKey: string): Promise<Reply> {
    // Listening begins before the command is there, so that its reply cannot be missed.
    const { answer, leave } = this.#await(replyKey);
    try {
      const known = await this.#admit(mail, replyKey);
      if (known !== undefined) this.answered([{ key: replyKey, reply: known }]);
    } catch (error) {
      leave();
      throw error;
    }
    this.#kick();
    return answer;
  }

  replyOf(replyKey: string): Promise<Reply | undefined> {
    return this.#runner.read(() => replyTo(replyKey));
  }

  onMail(listener: () => void): () => void {
    return this.#mail.add(listener);
  }

  nextDue(): Promise<Instant | undefined> {
    return this.#runner.read(function* () {
      return (yield* first(nextDue))?.[0] ?? undefined;
    });
  }

  parked(): Promise<readonly ParkedMail[]> {
    return this.#runner.read(() => parkedMail(this.#runner));
  }

  async unpark(id: number): Promise<void> {
    await this.#runner.write(() => unparkMail(this.#runner, id));
    this.#kick();
  }

  /** Tells those who wait here. */
  answered(replies: readonly { readonly key: string; readonly reply: Reply }[]): void {
    for (const { key, reply } of replies) {
      for (const waiter of this.#waiters.get(key) ?? []) waiter.resolve(reply);
      this.#waiters.delete(key);
    }
    if (this.#waiters.size === 0) this.#stopPolling();
  }

  close(): void {
    this.#stopPolling();
    const error = new StoreError('closed', 'The store is closed.');
    for (const waiters of this.#waiters.values()) for (const waiter of waiters) waiter.reject(error);
    this.#waiters.clear();
  }

  #await(key: string): { readonly answer: Promise<Reply>; readonly leave: () => void } {
    const answer = new Promise<Reply>((resolve, reject) => {
      this.#waiters.set(key, [...(this.#waiters.get(key) ?? []), { resolve, reject }]);
    });
    const mine = this.#waiters.get(key)?.at(-1);
    // Whoever called has it; until then nobody listens for its refusal.
    answer.catch(() => undefined);
    this.#poll ??= setInterval(() => void this.#look(), POLL_MS);
    const leave = (): void => {
      const others = (this.#waiters.get(key) ?? []).filter((waiter) => waiter !== mine);
      if (others.length > 0) this.#waiters.set(key, others);
      else this.#waiters.delete(key);
      if (this.#waiters.size === 0) this.#stopPolling();
    };
    return { answer, leave };
  }

  /** Writes the command, or finds it; answers its reply if there is one. */
  async #admit(mail: Mail, key: string): Promise<Reply | undefined> {
    const digest = digestOf(mail);
    try {
      return await this.#runner.write(() => this.#admission(mail, { key, digest }));
    } catch (error) {
      if (!(error instanceof StoreError) || error.code !== 'outcome-unknown') throw error;
      // Written or not: the same key finds it, or writes it now (INV-70).
      return await this.#runner.write(() => this.#admission(mail, { key, digest }));
    }
  }

  *#admission(
    mail: Mail,
    { key, digest }: { readonly key: string; readonly digest: string },
  ): Work<Reply | undefined> {
    const now = this.#runner.clock();
    const [claimed] = yield* together([commandCall(key, digest, now)]);
    if ((claimed ?? []).length > 0) {
      yield* together([ensureCall(mail.to), letterCall(mail.to, { body: mail.body, command: key }, 0)]);
      return undefined;
    }
    const known = yield* first(commandByKey, key);
    if (known !== undefined && known[0] !== digest) throw keyReused(key);
    return typeof known?.[1] === 'string' ? (JSON.parse(known[1]) as Reply) : undefined;
  }

  async #look(): Promise<void> {
    for (const key of this.#waiters.keys()) {
      const reply = await this.replyOf(key).catch(() => undefined);
      if (reply !== undefined) this.answered([{ key, reply }]);
    }
  }

  #stopPolling(): void {
    clearInterval(this.#poll);
    this.#poll = undefined;
  }
}
