import type { FeedEntry, NewDelivery, SubscriptionRow } from '@signalbox/store';
import type { App } from '../app.ts';
import { collapse } from './collapse.ts';
import { eventsOf } from './events-of.ts';
import { matches } from './matches.ts';
import type { Told } from './notice.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { occurrenceOf, type Occurrence } from './occurrence.ts';
import { settingsOf } from './settings.ts';
import { createTeller } from './story.ts';
import { tell } from './tell.ts';

/** Entries of the journal in one step. */
const BATCH = 500;
/** While nobody listens, the place in the journal is kept about so up to date. */
const IDLE_MS = 60_000;
/** Failures at one place after which what cannot be told is left out. */
const FAILURES = 3;
/** What became no delivery is noted so often: after a crash it is only read again. */
const NOTE_MS = 10_000;

/**
 * Reads the journal for subscriptions. Its place in it lies in the store and moves together with the deliveries made of
 * what it passed: a crash loses nothing and repeats nothing. Of several replicas the first one wins each step.
 */
export interface Collector {
  /** One step; true when there may be more at once. */
  round(): Promise<boolean>;
}

/** Makes a collector. */
export function createCollector(app: App): Collector {
  const { store, clock } = app;
  let stored: string | undefined;
  let read: string | undefined;
  let notedAt = -Infinity;
  let failures = 0;
  const skipped = (error: unknown): void =>
    app.logger.error({ err: error, what: 'notification' }, 'work-failed');
  const start = async (): Promise<string> => {
    const known = await store.deliveries.cursor();
    if (known !== undefined) return known;
    const tail = await store.journal.tail();
    const isFirst = await store.deliveries.advance({ from: undefined, to: tail, deliveries: [] });
    return isFirst ? tail : start();
  };
  const advance = async (to: string, deliveries: readonly NewDelivery[]): Promise<boolean> => {
    const isFirst = await store.deliveries.advance({ from: stored, to, deliveries });
    // Somebody else was here: it goes on where that one is.
    stored = isFirst ? to : await store.deliveries.cursor();
    read = stored;
    notedAt = clock();
    return isFirst;
  };
  const idle = async (): Promise<boolean> => {
    if (clock() - notedAt < IDLE_MS) return false;
    // First the place, then whether anybody listens: whoever begins in between is told of what comes after it.
    const tail = await store.journal.tail();
    const subscriptions = await store.subscriptions.list();
    if (!subscriptions.some(isOn) && tail !== stored) await advance(tail, []);
    notedAt = clock();
    return false;
  };
  /** What fails again and again at the same place must not keep the rest from being told (F16). */
  const make = async (of: Omit<Step, 'failed'>): Promise<readonly NewDelivery[]> => {
    const failed = failures < FAILURES ? undefined : skipped;
    failures += 1;
    const deliveries = await deliveriesOf(app, { ...of, failed });
    failures = 0;
    return deliveries;
  };
  const step = async (): Promise<boolean> => {
    stored ??= await start();
    read ??= stored;
    const subscriptions = (await store.subscriptions.list()).filter(isOn);
    if (subscriptions.length === 0) return idle();
    const { entries, cursor } = await store.journal.feed(read, BATCH);
    if (entries.length === 0) return false;
    const deliveries = await make({ subscriptions, entries });
    if (deliveries.length > 0 || clock() - notedAt >= NOTE_MS) {
      const isFirst = await advance(cursor, deliveries);
      return !isFirst || entries.length === BATCH;
    }
    read = cursor;
    return entries.length === BATCH;
  };
  // A step counts on the place where the one before left it.
  return { round: oneAtATime(step) };
}

function isOn({ state }: SubscriptionRow): boolean {
  return state === 'enabled';
}

/** What entries of the journal are to those who listen. `failed` gets what cannot be told; without it that throws. */
async function deliveriesOf(
  app: App,
  { subscriptions, entries, failed }: Step,
): Promise<readonly NewDelivery[]> {
  const teller = createTeller(app);
  const told: (readonly [Occurrence, readonly Told[]])[] = [];
  for (const entry of entries) {
    const occurrence = occurrenceOf(entry);
    if (occurrence === undefined || !subscriptions.some((one) => mayWant(one, occurrence))) continue;
    try {
      told.push([occurrence, await tell(teller, occurrence)]);
    } catch (error) {
      if (failed === undefined) throw error;
      failed(error);
    }
  }
  return subscriptions.flatMap((subscription) => deliveriesFor(subscription, told));
}

/** What a step of the journal is told from. */
interface Step {
  readonly subscriptions: readonly SubscriptionRow[];
  readonly entries: readonly FeedEntry[];
  readonly failed: ((error: unknown) => void) | undefined;
}

/** Whether it is worth reading what the event is about. */
function mayWant(subscription: SubscriptionRow, { project, happening }: Occurrence): boolean {
  const { events } = settingsOf(subscription);
  if (subscription.project !== project) return false;
  return events.length === 0 || events.some((event) => eventsOf(happening).includes(event));
}

function deliveriesFor(
  subscription: SubscriptionRow,
  told: readonly (readonly [Occurrence, readonly Told[]])[],
): readonly NewDelivery[] {
  const settings = settingsOf(subscription);
  const wanted = told.flatMap(([{ project, at }, notices]) =>
    project !== subscription.project || at < subscription.activeFrom
      ? []
      : notices.filter(({ event, facets }) => matches(settings, event, facets)),
  );
  const messages = settings.target.kind === 'webhook' ? wanted : collapse(wanted);
  return messages.map(({ id, notice }) => ({
    guid: id,
    subscription: subscription.id,
    event: notice.event,
    body: notice,
  }));
}
