import type { WireTime } from '@signalbox/api';
import type { Moment } from './time.ts';
import { ago, moment } from './time.ts';

/** The state of the live feed. */
export type FeedState = 'connecting' | 'live' | 'reconnecting' | 'offline';

/** The feed's state with the time of its last sign of life. */
export interface Connection {
  readonly state: FeedState;
  readonly last?: WireTime;
}

/** What the top bar says about the connection. */
export interface ConnectionWords {
  readonly label: string;
  readonly updated?: Moment;
  /** What to do next, when there is something to do. */
  readonly advice?: string;
}

const LABEL: Readonly<Record<FeedState, string>> = {
  connecting: 'Connecting',
  live: 'Live',
  reconnecting: 'Reconnecting',
  offline: 'Offline',
};

const OFFLINE =
  'The server does not answer. What you see may be old. Check that `signalbox up` is running; the page goes on by itself.';

/** Puts the connection into words. */
export function connectionWords(connection: Connection, now: number): ConnectionWords {
  const { state, last } = connection;
  return {
    label: LABEL[state],
    ...(last === undefined ? {} : { updated: moment(ago(last, now), last) }),
    ...(state === 'offline' ? { advice: OFFLINE } : {}),
  };
}
