import type { Address, CompareRunsEffect, Effect, InvokeCheckEffect, Mail, Reply } from '@signalbox/engine';
import type { Chance } from './chance.ts';
import type { ShortChecks } from '../run/short-checks.ts';
import { Store } from './store.ts';

interface Letter {
  readonly seq: number;
  readonly mail: Mail;
  readonly due: number;
}

/**
 * The engine's aggregates with their inboxes on a simulated clock. Any inbox may be served late, any batch
 * may be lost to a crash before it is committed; what is committed stays.
 */
export class World {
  now = 1_000_000;
  readonly store: Store;
  readonly chance: Chance;
  /** How often a unit of work is lost: once in so many; 0: never. */
  crashes = 8;
  /** What services are still to be asked, or were and may answer again. */
  readonly evaluations: InvokeCheckEffect[] = [];
  /** Commits that are still to be compared. */
  readonly comparisons: CompareRunsEffect[] = [];
  /** What happened last, for the story of a failure. */
  readonly log: string[] = [];
  #letters: Letter[] = [];
  #seq = 0;

  constructor(chance: Chance, checks: ShortChecks) {
    this.chance = chance;
    this.store = new Store(checks);
  }

  /** A command from outside is a unit of work of its own; without an answer nobody knows whether it was done. */
  command<K extends Address['kind']>(mail: Extract<Mail, { to: { kind: K } }>): Reply | undefined {
    const unit = this.store.open(mail.to);
    const { mail: out, effects, births, reply } = unit.decide(mail.body, this.now);
    if (this.#crashed()) return undefined;
    unit.commit();
    births.forEach((birth) => this.store.bear(birth));
    this.#post(out);
    this.#leave(effects);
    this.#tell(mail, '!');
    this.store.check(mail.to);
    // The answer itself may be lost, too.
    return this.#crashed() ? undefined : reply;
  }

  /** Serves one inbox that has mail; false when none has. */
  deliver(): boolean {
    const due = this.#letters.filter((letter) => letter.due <= this.now);
    if (due.length === 0) return false;
    const { to } = this.chance.pick(due).mail;
    const batch = due.filter(({ mail }) => mail.to.kind === to.kind && mail.to.id === to.id);
    this.#serve(to, batch.slice(0, 1 + this.chance.below(6)));
    return true;
  }

  #serve(to: Address, batch: readonly Letter[]): void {
    const unit = this.store.open(to);
    const out: Mail[] = [];
    const left: Effect[] = [];
    for (const { mail } of batch) {
      if (this.#crashed()) return;
      const { mail: sent, effects } = unit.decide(mail.body, this.now);
      out.push(...sent);
      left.push(...effects);
    }
    if (this.#crashed()) return;
    unit.commit();
    this.#letters = this.#letters.filter((letter) => !batch.includes(letter));
    this.#post(out);
    this.#leave(left);
    for (const { mail } of batch) this.#tell(mail, '>');
    this.store.check(to);
  }

  /** The instant of the next mail that is not due yet. */
  nextDue(): number | undefined {
    const later = this.#letters.map(({ due }) => due).filter((due) => due > this.now);
    return later.length === 0 ? undefined : Math.min(...later);
  }

  /** The mail to a run that has not been delivered, timers included. */
  lettersTo(run: number): readonly Mail[] {
    return this.#letters.flatMap(({ mail }) => (mail.to.kind === 'run' && mail.to.id === run ? [mail] : []));
  }

  #leave(effects: readonly Effect[]): void {
    this.evaluations.push(...effects.filter((effect) => effect.kind === 'invokeCheck'));
    this.comparisons.push(...effects.filter((effect) => effect.kind === 'compareRuns'));
  }

  #crashed(): boolean {
    return this.crashes > 0 && this.chance.oneIn(this.crashes);
  }

  #post(mail: readonly Mail[]): void {
    for (const one of mail) {
      this.#seq += 1;
      this.#letters.push({ seq: this.#seq, mail: one, due: one.due ?? this.now });
    }
  }

  #tell({ to, body }: Mail, mark: string): void {
    this.log.push(`${this.now} ${mark} ${to.kind} ${to.id} ${JSON.stringify(body).slice(0, 200)}`);
  }
}
