import type { FeedEntry, NewDelivery, SubscriptionRow } from '@signalbox/store';
import type { App } from '../app.ts';
import { collapse } from './collapse.ts';
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
  const step = async (): Promise<boolean> => {
    stored ??= await start();
    read ??= stored;
    const subscriptions = (await store.subscriptions.list()).filter(isOn);
    if (subscriptions.length === 0) return idle();
    const { entries, cursor } = await store.journal.feed(read, BATCH);
    if (entries.length === 0) return false;
    const deliveries = await deliveriesOf(app, subscriptions, entries);
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

/** What entries of the journal are to those who listen. */
async function deliveriesOf(
  app: App,
  subscriptions: readonly SubscriptionRow[],
  entries: readonly FeedEntry[],
): Promise<readonly NewDelivery[]> {
  const projects = new Set(subscriptions.map(({ project }) => project));
  const news = entries.flatMap((entry) => {
    const occurrence = occurrenceOf(entry);
    return occurrence !== undefined && projects.has(occurrence.project) ? [occurrence] : [];
  });
  const teller = createTeller(app);
  const told: (readonly [Occurrence, readonly Told[]])[] = [];
  for (const occurrence of news) told.push([occurrence, await tell(teller, occurrence)]);
  return subscriptions.flatMap((subscription) => deliveriesFor(subscription, told));
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
