import { minutes, type Instant, type Millis } from '@signalbox/model';
import type { DeliveryReport, DeliveryRow, SubscriptionRow } from '@signalbox/store';
import type { Sent } from './sent.ts';

const FIRST_WAIT: Millis = 5000;
const LONGEST_WAIT: Millis = minutes(60);
/** A receiver that asks for more has to be told by hand. */
const LONGEST_ASKED: Millis = minutes(6 * 60);
/** After that a delivery has failed; people see it, and can send it again. */
const GIVE_UP_AFTER: Millis = minutes(24 * 60);
/** A target that has taken nothing for so long is told nothing more, until somebody enables it again. */
const DISABLE_AFTER: Millis = minutes(5 * 24 * 60);
/** So many tries of one delivery say that it is not a passing fault. */
const TRIES_TO_DISABLE = 3;

/**
 * How long to wait after so many tries: five seconds, then twice as long each time, up to an hour. `chance` from 0 to 1
 * takes off up to a half, so that those who failed together do not come back together.
 */
export function waitAfter(attempts: number, chance: number): Millis {
  const whole = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(attempts - 1, 30));
  return Math.round(whole * (1 - chance / 2));
}

/** What a try means for its delivery. */
export function reportOf(
  sent: Sent,
  { attempts, since }: Pick<DeliveryRow, 'attempts' | 'since'>,
  { now, chance }: { readonly now: Instant; readonly chance: number },
): DeliveryReport {
  const { result } = sent;
  if (sent.kind === 'delivered') return { kind: 'delivered', result };
  if (sent.kind === 'refused' && !sent.again) return { kind: 'failed', result };
  const wait = waitAfter(attempts, chance);
  const after = sent.kind === 'later' ? Math.max(wait, Math.min(sent.afterMs, LONGEST_ASKED)) : wait;
  return now + after > since + GIVE_UP_AFTER
    ? { kind: 'failed', result: `Given up after ${attempts} tries in a day. ${result}` }
    : { kind: 'again', after, result };
}

/** Why a subscription is to be disabled after a try; undefined: it is not. */
export function reasonToDisable(
  sent: Sent,
  subscription: Pick<SubscriptionRow, 'failingSince'>,
  { attempts, now }: { readonly attempts: number; readonly now: Instant },
): string | undefined {
  if (sent.kind === 'delivered') return undefined;
  if (sent.kind === 'refused' && sent.gone === true)
    return `The receiver said that it is gone for good. ${sent.result}`;
  const { failingSince } = subscription;
  if (failingSince === undefined || attempts < TRIES_TO_DISABLE || now - failingSince < DISABLE_AFTER)
    return undefined;
  const since = new Date(failingSince).toISOString().slice(0, 10);
  return `Nothing has arrived since ${since}. The last try: ${sent.result}`;
}
