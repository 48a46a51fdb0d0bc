import type { Effect } from '@signalbox/engine';
import type { Instant, Millis } from '@signalbox/model';

/** Work outside, decided and durable, done at least once by any replica. */
export interface Effects {
  /** Takes effects that are due; whoever does not report within `lease` loses them to the next taker. */
  take(options: { readonly limit: number; readonly lease: Millis }): Promise<readonly TakenEffect[]>;
  /** It is done; repeating this is harmless. */
  complete(id: number): Promise<void>;
  /** It failed; it becomes due again after a back-off that doubles from one second up to five minutes. */
  fail(id: number, reason: string): Promise<void>;
  /** It goes on: it becomes due again after this time. The note is found at the next taking. */
  postpone(id: number, options: { readonly after: Millis; readonly note: string }): Promise<void>;
  /** The effect of this key that waits or is under way; undefined when there is none, or it is done. */
  find(key: string): Promise<WaitingEffect | undefined>;
  /** When the next effect is due; undefined when none waits. */
  nextDue(): Promise<Instant | undefined>;
}

/** An effect in the hands of one replica. */
export interface TakenEffect {
  readonly id: number;
  readonly effect: Effect;
  /** 1 at the first try. */
  readonly attempt: number;
  /** Why it failed last, or what was noted when it was postponed. */
  readonly note?: string;
}

/** How far an effect has come. */
export interface WaitingEffect {
  /** How often it was taken. */
  readonly attempt: number;
  /** When it is tried again; of one under way, when somebody else may take it. */
  readonly due: Instant;
  readonly note?: string;
}
