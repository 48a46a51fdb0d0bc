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
  /** When the next effect is due; undefined when none waits. */
  nextDue(): Promise<Instant | undefined>;
}

/** An effect in the hands of one replica. */
export interface TakenEffect {
  readonly id: number;
  readonly effect: Effect;
  /** 1 at the first try. */
  readonly attempt: number;
}
