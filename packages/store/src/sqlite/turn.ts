import type { Address, Mail, Reply } from '@signalbox/engine';
import type { Instant } from '@signalbox/model';
import { insertCommand, saveReply } from '../sql/hot/command.ts';
import { insertMails } from '../sql/hot/mail.ts';
import { call, type Call, type Param } from '../sql/work.ts';
import { addressText } from '../unit/address.ts';
import type { Letter } from '../unit/decide.ts';

/** A command that came in this turn; its row is written once, with its reply if there is one by then. */
export interface NewCommand {
  readonly digest: string;
  readonly createdAt: Instant;
}

/**
 * What one turn of the event loop holds in memory until its COMMIT. Mail that is produced and handled in the same
 * turn never becomes a row: a hand-off (release, settle, grant, job) writes none of its four messages.
 * What is left at the end of the turn becomes rows before the COMMIT, so that nothing lives only in memory.
 */
export class Turn {
  readonly #letters = new Map<string, { readonly address: Address; readonly letters: Letter[] }>();
  readonly #timers: Mail[] = [];
  readonly #commands = new Map<string, NewCommand>();
  /** Answers that this turn found. */
  readonly replies: Map<string, Reply> = new Map<string, Reply>();
  /** Answers that were there already. */
  readonly repeated: Map<string, Reply> = new Map<string, Reply>();
  /** The earliest timer written in this turn. */
  firstTimer: Instant | undefined;
  journalGrew = false;
  /** With a savepoint for each part: slower, but what fails can be undone alone. */
  readonly isCareful: boolean;

  constructor(isCareful: boolean) {
    this.isCareful = isCareful;
  }

  /** Mail that was decided or submitted; not yet due mail becomes a timer. */
  post(mail: readonly Mail[], now: Instant): void {
    for (const item of mail) {
      if (item.due !== undefined && item.due > now) this.#addTimer(item, item.due);
      else this.postLetter(item.to, { body: item.body });
    }
  }

  postLetter(address: Address, letter: Letter): void {
    const key = addressText(address);
    const waiting = this.#letters.get(key);
    if (waiting === undefined) this.#letters.set(key, { address, letters: [letter] });
    else waiting.letters.push(letter);
  }

  /** The letters of the aggregate that has waited longest, up to `limit`; undefined when all is handled. */
  take(limit: number): { readonly address: Address; readonly letters: readonly Letter[] } | undefined {
    const [entry] = this.#letters;
    if (entry === undefined) return undefined;
    const [key, { address, letters }] = entry;
    this.#letters.delete(key);
    if (letters.length > limit) this.#letters.set(key, { address, letters: letters.splice(limit) });
    return { address, letters };
  }

  addCommand(key: string, command: NewCommand): void {
    this.#commands.set(key, command);
  }

  command(key: string): NewCommand | undefined {
    return this.#commands.get(key);
  }

  get hasLetters(): boolean {
    return this.#letters.size > 0;
  }

  /** The rows of whatever this turn leaves behind. */
  remains(): Call[] {
    const mail = this.#timers.map(({ to, body, due }) => mailRow(to, { body }, due ?? 0));
    for (const { address, letters } of this.#letters.values()) {
      for (const letter of letters) mail.push(mailRow(address, letter, 0));
    }
    const calls = insertMails(mail);
    for (const [key, { digest, createdAt }] of this.#commands) {
      const reply = this.replies.get(key);
      calls.push(
        call(insertCommand, key, digest, createdAt, reply === undefined ? null : JSON.stringify(reply)),
      );
    }
    for (const [key, reply] of this.replies) {
      if (!this.#commands.has(key)) calls.push(call(saveReply, key, JSON.stringify(reply)));
    }
    return calls;
  }

  #addTimer(mail: Mail, due: Instant): void {
    this.#timers.push(mail);
    this.firstTimer = Math.min(this.firstTimer ?? due, due);
  }
}

function mailRow(address: Address, letter: Letter, due: Instant): readonly Param[] {
  return [address.kind, address.id, due, JSON.stringify(letter.body), letter.command ?? null, 0];
}
