import type { Metrics } from '../metrics.ts';
import type { WorkObserver } from './observer.ts';

/** Counts what the dispatcher does, and hands its failures on. */
export function observeWork(
  metrics: Metrics,
  failed: (what: string) => (error: unknown) => void,
): WorkObserver {
  return {
    worked({ messages, parked }) {
      metrics.messages.inc(messages);
      metrics.parked.inc(parked);
      if (parked > 0)
        failed('parked')(new Error(`${parked} messages were set aside after failing again and again.`));
    },
    effect(outcome, reason) {
      metrics.effects.inc({ outcome });
      if (outcome === 'failed') failed('effect')(new Error(reason ?? 'unknown'));
    },
    failed: (what, error) => failed(what)(error),
  };
}
