import type { LeaseView } from '@signalbox/api';
import { setTimeout as pause } from 'node:timers/promises';
import type { Signalbox } from '../../support/signalbox.ts';
import { waitUntil } from '../../support/wait.ts';

/** Seconds for which nothing may be heard of a caller: longer than a server takes to start again. */
const LEASE_SECONDS = 60;

/** How often a caller asks, renews and gives back, in ms. */
const EVERY_MS = 500;

/** How a caller from outside ended: it held and gave back, or learned that its lease was lost. */
export type Ended = 'released' | 'lost';

/** Callers from outside of runs, over REST; a server that is down is asked again. */
export class OutsideCallers {
  readonly #box: Signalbox;
  readonly #project: string;
  readonly #callers: Promise<Ended>[] = [];

  /** Any start of the server will do: the next ones have the same address. */
  constructor(box: Signalbox, project: string) {
    this.#box = box;
    this.#project = project;
  }

  get count(): number {
    return this.#callers.length;
  }

  /** One more caller wants these locks for some renewals. */
  begin(locks: readonly string[], renewals: number): void {
    const caller = this.#live(`outside-${this.#callers.length + 1}`, locks, renewals);
    // Looked at in the end; until then its failure is not unhandled.
    caller.catch(() => undefined);
    this.#callers.push(caller);
  }

  /** How all of them ended. */
  over(): Promise<readonly Ended[]> {
    return Promise.all(this.#callers);
  }

  async #live(requestId: string, locks: readonly string[], renewals: number): Promise<Ended> {
    const ask = { requestId, caller: requestId, locks, leaseSeconds: LEASE_SECONDS };
    let ended: Ended | undefined;
    const step = async (method: string, path: string, body?: unknown): Promise<LeaseView | undefined> => {
      await pause(EVERY_MS);
      const url = `/${this.#project}/_apis/signalbox/leases${path}`;
      return this.#box.rest<LeaseView>(method, url, body).catch((error: unknown) => {
        if (/: 410 /.test(String(error))) ended = 'lost';
        else if (/: 4\d\d /.test(String(error))) throw error;
        return undefined;
      });
    };
    await waitUntil(
      `${requestId} has ${locks.join(', ')}`,
      async () => (await step('POST', '', ask))?.status === 'inUse' || ended !== undefined,
      900_000,
    );
    for (let renewal = 0; renewal < renewals && ended === undefined; renewal += 1)
      await step('PATCH', `/${requestId}`);
    await waitUntil(`${requestId} has given back`, async () => {
      return ended !== undefined || (await step('DELETE', `/${requestId}`))?.status === 'finished';
    });
    return ended ?? 'released';
  }
}
