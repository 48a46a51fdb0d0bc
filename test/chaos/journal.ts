import type { AuditEntryView } from '@signalbox/api';
import type { InterlockingEvent } from '@signalbox/engine';
import type { LockPolicy } from '@signalbox/model';
import type { Signalbox } from '../support/signalbox.ts';

const PAGE = 1000;

/** Facts after which a bundle holds nothing any more. */
const ENDS: readonly string[] = [
  'BundleFinished',
  'BundleAbandoned',
  'BundleCanceled',
  'BundleTimedOut',
  'BundleSuperseded',
  'BundleWithdrawn',
] satisfies readonly InterlockingEvent['type'][];

/** One hold of a lock, as the journal tells it; instants in ms. */
export interface Hold {
  readonly bundle: number;
  readonly run: number;
  readonly token: number;
  readonly from: number;
  readonly to: number;
}

/** What is wrong in a journal, and the holds of each lock in the order of their grants. */
export interface Reading {
  readonly grants: number;
  readonly wrong: readonly string[];
  readonly holds: ReadonlyMap<number, readonly Hold[]>;
}

/** Everything that the locks of a project decided, oldest first. */
export async function readJournal(box: Signalbox, project: string): Promise<readonly InterlockingEvent[]> {
  const events: InterlockingEvent[] = [];
  for (let after = 0, more = true; more;) {
    const path = `/${project}/_apis/signalbox/audit/locks?$top=${PAGE}&continuationToken=${after}`;
    const { value } = await box.rest<{ value: readonly AuditEntryView[] }>('GET', path);
    events.push(...value.map(({ event }) => event as unknown as InterlockingEvent));
    after = value.at(-1)?.version ?? after;
    more = value.length === PAGE;
  }
  return events;
}

/**
 * Goes through the facts in their order: never more holders than the capacity of the moment (LAW-1), tokens rise by
 * grants (INV-02), each bundle is granted once and with all its locks (LAW-9), and nobody holds in the end.
 */
export function read(events: readonly InterlockingEvent[]): Reading {
  const reader = new Reader();
  for (const event of events) reader.take(event);
  return reader.end();
}

interface Open extends Omit<Hold, 'to'> {
  readonly lock: number;
}

class Reader {
  readonly #policies: Map<number, LockPolicy> = new Map();
  readonly #tokens: Map<number, number> = new Map();
  readonly #asked: Map<number, { readonly run: number; readonly locks: string }> = new Map();
  readonly #open: Map<number, readonly Open[]> = new Map();
  readonly #granted: Set<number> = new Set();
  readonly #holds: Map<number, Hold[]> = new Map();
  readonly #wrong: string[] = [];

  take(event: InterlockingEvent): void {
    if (event.type === 'LockConfigured') this.#policies.set(event.lock, event.policy);
    if (event.type === 'BundleQueued') {
      const { id, requester, requests } = event.bundle;
      this.#asked.set(id, { run: requester.run, locks: named(requests) });
    }
    if (event.type === 'BundleGranted') this.#grant(event);
    if (ENDS.includes(event.type) && 'bundle' in event && typeof event.bundle === 'number')
      this.#close(event.bundle, 'at' in event ? event.at : 0);
  }

  #grant({ bundle, at, requests }: Extract<InterlockingEvent, { type: 'BundleGranted' }>): void {
    const asked = this.#asked.get(bundle);
    if (this.#granted.has(bundle)) this.#wrong.push(`bundle ${bundle} is granted twice`);
    this.#granted.add(bundle);
    if (asked === undefined || asked.locks !== named(requests))
      this.#wrong.push(`bundle ${bundle} asked for ${asked?.locks ?? 'nothing'} and has ${named(requests)}`);
    const run = asked?.run ?? 0;
    for (const { lock, token } of requests) {
      const holders = [...this.#open.values()].flat().filter((one) => one.lock === lock);
      const capacity = this.#policies.get(lock)?.capacity ?? 1;
      if (holders.length >= capacity)
        this.#wrong.push(
          `lock ${lock} is granted to ${bundle} while ${holders.length} of ${capacity} hold it`,
        );
      if (token <= (this.#tokens.get(lock) ?? 0))
        this.#wrong.push(`token ${token} of lock ${lock} does not rise`);
      this.#tokens.set(lock, token);
    }
    const open = requests.map(({ lock, token }) => ({ bundle, run, lock, token, from: at }));
    this.#open.set(bundle, open);
  }

  #close(bundle: number, to: number): void {
    for (const { lock, ...hold } of this.#open.get(bundle) ?? []) {
      const holds = this.#holds.get(lock) ?? [];
      holds.push({ ...hold, to });
      this.#holds.set(lock, holds);
    }
    this.#open.delete(bundle);
  }

  end(): Reading {
    for (const bundle of this.#open.keys()) this.#wrong.push(`bundle ${bundle} still holds`);
    return { grants: this.#granted.size, wrong: this.#wrong, holds: this.#holds };
  }
}

function named(requests: readonly { readonly lock: number }[]): string {
  return requests
    .map(({ lock }) => lock)
    .toSorted((a, b) => a - b)
    .join(', ');
}
