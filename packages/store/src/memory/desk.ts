import { Sorted, type Address, type Mail } from '@signalbox/engine';
import type { Instant } from '@signalbox/model';
import { addressText } from '../unit/address.ts';
import type { Letter } from '../unit/decide.ts';

/** A letter with the number that says when it was written. */
export interface Numbered extends Letter {
  readonly seq: number;
}

interface Timer {
  readonly due: Instant;
  readonly letter: Numbered;
  readonly address: Address;
}

/** The inboxes: letters that are due, by aggregate, and timers that are not. */
export class Desk {
  readonly #inboxes = new Map<string, { readonly address: Address; readonly letters: Numbered[] }>();
  readonly #timers = new Sorted<Timer>((a, b) => a.due - b.due || a.letter.seq - b.letter.seq);
  #seq = 0;

  post({ to, body, due }: Mail, now: Instant): void {
    if (due !== undefined && due > now)
      this.#timers.add({ due, letter: this.#number({ body }), address: to });
    else this.postLetter(to, { body });
  }

  postLetter(address: Address, letter: Letter): void {
    this.#place(address, this.#number(letter));
  }

  /** Moves timers that are due into their inboxes, each to the place of its number. */
  ring(now: Instant): void {
    const due = [...this.#due(now)];
    for (const timer of due) {
      this.#timers.delete(timer);
      this.#place(timer.address, timer.letter);
    }
  }

  /** The letters of the aggregate that has waited longest, up to `limit`. */
  take(limit: number): { readonly address: Address; readonly letters: readonly Numbered[] } | undefined {
    const [entry] = this.#inboxes;
    if (entry === undefined) return undefined;
    const [key, { address, letters }] = entry;
    this.#inboxes.delete(key);
    if (letters.length > limit) this.#inboxes.set(key, { address, letters: letters.splice(limit) });
    return { address, letters };
  }

  get isEmpty(): boolean {
    return this.#inboxes.size === 0;
  }

  nextDue(): Instant | undefined {
    if (!this.isEmpty) return 0;
    const [first] = this.#timers;
    return first?.due;
  }

  *#due(now: Instant): Generator<Timer, void, undefined> {
    for (const timer of this.#timers) {
      if (timer.due > now) return;
      yield timer;
    }
  }

  #number(letter: Letter): Numbered {
    this.#seq += 1;
    return { ...letter, seq: this.#seq };
  }

  #place(address: Address, letter: Numbered): void {
    const key = addressText(address);
    const inbox = this.#inboxes.get(key);
    if (inbox === undefined) {
      this.#inboxes.set(key, { address, letters: [letter] });
      return;
    }
    // Nearly always at the end; only a timer that rings into a full inbox has an earlier place.
    let at = inbox.letters.length;
    while (at > 0 && (inbox.letters[at - 1]?.seq ?? 0) > letter.seq) at -= 1;
    inbox.letters.splice(at, 0, letter);
  }
}
