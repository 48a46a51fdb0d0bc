import type { Mail } from '@signalbox/engine';
import { DEFAULT_LOCK_POLICY } from '@signalbox/model';
import { openStore, type Store } from '@signalbox/store';
import { ask, ENGINE, settle } from './bench-stores.ts';

/** Requests in one submission: a few units of work each. */
const BATCH = 2500;
/** The longest that a caller may have a lease for. */
const HOUR = 3600;

/**
 * Makes a project with one lock, number 1, which one caller holds and so many wait for, in the data folder of a server
 * that does not run. The engine of the server takes each request: over REST it would be half a minute for 10,000.
 */
export async function storeCrowd(dataFolder: string, project: string, waiters: number): Promise<void> {
  const store = await openStore({ kind: 'sqlite', folder: dataFolder, engine: ENGINE });
  try {
    const guid = '00000000-0000-4000-8000-000000010000';
    const { id } = await store.projects.create({ guid, name: project, description: '' });
    await fill(store, id, waiters);
  } finally {
    await store.close();
  }
}

async function fill(store: Store, project: number, waiters: number): Promise<void> {
  const resource = { type: 'environment', id: 'production' } as const;
  const policy = { ...DEFAULT_LOCK_POLICY, behavior: 'sequential' } as const;
  await ask(
    store,
    mail(project, {
      type: 'ConfigureLock',
      resource,
      name: resource.id,
      policy,
      enabled: true,
      by: 'administrator',
    }),
  );
  for (let first = 0; first <= waiters; first += BATCH) {
    const count = Math.min(BATCH, waiters + 1 - first);
    await store.inbox.submit(Array.from({ length: count }, (_, n) => request(project, first + n)));
    await settle(store);
  }
}

/** Number 0 gets the lock, the others wait behind it in the order of their numbers. */
function request(project: number, number: number): Mail {
  const [caller, owner] = [`deployment ${number}`, 'token 1'];
  return mail(project, {
    type: 'AcquireLease',
    request: `crowd-${number}`,
    caller,
    owner,
    locks: [1],
    seconds: HOUR,
  });
}

type Locks = Extract<Mail, { to: { kind: 'interlocking' } }>;

function mail(project: number, body: Locks['body']): Mail {
  return { to: { kind: 'interlocking', id: project }, body };
}
