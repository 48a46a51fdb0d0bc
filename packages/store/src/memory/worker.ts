import type { Address, Effect, Mail, Reply } from '@signalbox/engine';
import type { Instant } from '@signalbox/model';
import { BATCH, MAX_ATTEMPTS } from '../limits.ts';
import type { Listeners } from '../listeners.ts';
import type { Engine } from '../port/engine.ts';
import type { Inbox, ParkedMail, WorkReport } from '../port/inbox.ts';
import { deliver } from '../unit/batch.ts';
import { digestOf, keyReused, parkedReply } from '../unit/command.ts';
import { copyOf, decide, type Decision } from '../unit/decide.ts';
import { Desk, type Numbered } from './desk.ts';
import type { Tables } from './tables.ts';

/** Units between two turns of the event loop. */
const UNITS_PER_TURN = 200;

interface Command {
  readonly digest: string;
  reply?: Reply;
  readonly waiters: ((reply: Reply) => void)[];
}

/** Inboxes and their worker in memory. */
export class MemoryWorker implements Inbox {
  readonly #tables: Tables;
  readonly #engine: Engine;
  readonly #clock: () => Instant;
  readonly #listeners: { readonly mail: Listeners; readonly journal: Listeners };
  readonly #effects: (effect: Effect) => void;
  readonly #desk = new Desk();
  readonly #commands = new Map<string, Command>();
  #parked: ParkedMail[] = [];
  #lastParked = 0;
  #scheduled = false;

  constructor(
    tables: Tables,
    engine: Engine,
    context: {
      readonly clock: () => Instant;
      readonly listeners: { readonly mail: Listeners; readonly journal: Listeners };
      readonly effects: (effect: Effect) => void;
    },
  ) {
    this.#tables = tables;
    this.#engine = engine;
    this.#clock = context.clock;
    this.#listeners = context.listeners;
    this.#effects = context.effects;
  }

  async submit(mail: readonly Mail[]): Promise<void> {
    this.#post(mail, this.#clock());
    this.#schedule();
  }

  async execute(mail: Mail, replyKey: string): Promise<Reply> {
    const digest = digestOf(mail);
    const known = this.#commands.get(replyKey);
    if (known !== undefined && known.digest !== digest) throw keyReused(replyKey);
    if (known?.reply !== undefined) return known.reply;
    const command = known ?? { digest, waiters: [] };
    const answer = new Promise<Reply>((resolve) => command.waiters.push(resolve));
    if (known === undefined) {
      this.#commands.set(replyKey, command);
      this.#desk.postLetter(mail.to, { body: mail.body, command: replyKey });
      this.#schedule();
    }
    return answer;
  }

  async replyOf(replyKey: string): Promise<Reply | undefined> {
    return this.#commands.get(replyKey)?.reply;
  }

  onMail(listener: () => void): () => void {
    return this.#listeners.mail.add(listener);
  }

  async nextDue(): Promise<Instant | undefined> {
    return this.#desk.nextDue();
  }

  async parked(): Promise<readonly ParkedMail[]> {
    return this.#parked;
  }

  async unpark(id: number): Promise<void> {
    const letter = this.#parked.find((parked) => parked.id === id);
    if (letter === undefined) return;
    this.#parked = this.#parked.filter((parked) => parked !== letter);
    this.#desk.postLetter(letter.to, { body: letter.body });
    this.#schedule();
  }

  work(maxUnits: number): WorkReport {
    const now = this.#clock();
    const tally = { units: 0, messages: 0, parked: 0 };
    const sizeBefore = this.#tables.feed.length;
    this.#desk.ring(now);
    while (tally.units < maxUnits) {
      const batch = this.#desk.take(BATCH);
      if (batch === undefined) break;
      this.#handle(batch, now, tally);
    }
    if (this.#tables.feed.length > sizeBefore) this.#listeners.journal.call();
    if (!this.#desk.isEmpty) this.#schedule();
    return { ...tally, more: !this.#desk.isEmpty };
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.work(UNITS_PER_TURN);
    });
  }

  #handle(
    { address, letters }: { readonly address: Address; readonly letters: readonly Numbered[] },
    clock: Instant,
    tally: { units: number; messages: number; parked: number },
  ): void {
    deliver(letters, {
      isTrouble: () => false,
      attempt: (batch) => {
        this.#unit(address, batch, clock);
        tally.units += 1;
        tally.messages += batch.length;
      },
      park: (letter, reason) => {
        this.#park(address, letter, reason);
        tally.parked += 1;
      },
    });
  }

  #unit(address: Address, letters: readonly Numbered[], clock: Instant): void {
    const now = Math.max(clock, this.#tables.journal(address).at(-1)?.at ?? 0);
    const deciding = decide(copyOf(this.#engine, address), { address, letters }, now);
    let step = deciding.next();
    while (!step.done) step = deciding.next(this.#tables.load(address, step.value));
    this.#write(address, step.value, now);
  }

  #write(address: Address, decision: Decision, now: Instant): void {
    const { changes, births } = decision;
    const states = births.map((birth) => this.#engine.born(birth));
    this.#tables.check(address, changes, births);
    this.#tables.apply(address, changes);
    this.#tables.append(address, decision.events, now);
    for (const [index, birth] of births.entries()) {
      const state = states[index];
      if (state !== undefined) this.#tables.bear(birth, state, now);
    }
    for (const effect of decision.effects) this.#effects(effect);
    this.#post(decision.mail, now);
    for (const { key, reply } of decision.replies) this.#answer(key, reply);
  }

  #post(mail: readonly Mail[], now: Instant): void {
    for (const letter of mail) this.#desk.post(letter, now);
    if (mail.some(({ due }) => due !== undefined && due > now)) this.#listeners.mail.call();
  }

  #park(address: Address, letter: Numbered, reason: string): void {
    this.#lastParked += 1;
    const { body, command } = letter;
    this.#parked.push({ id: this.#lastParked, to: address, body, reason, attempts: MAX_ATTEMPTS });
    if (command !== undefined) this.#answer(command, parkedReply(reason));
  }

  #answer(key: string, reply: Reply): void {
    const command = this.#commands.get(key);
    if (command === undefined) return;
    command.reply = reply;
    for (const resolve of command.waiters.splice(0)) resolve(reply);
  }
}
