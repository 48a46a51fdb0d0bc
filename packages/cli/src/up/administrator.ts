import { ensureAdministrator, type Administrator } from '@signalbox/server';
import type { Store } from '@signalbox/store';
import { readLocalToken, writeLocalToken } from '../data-folder.ts';

/** The administrator, and what to tell about its token. */
export interface KnownAdministrator extends Administrator {
  /** Made just now: has to be shown once. */
  readonly fresh: boolean;
  /** Kept in the data folder; otherwise whoever set the environment variable keeps it. */
  readonly kept: boolean;
}

/**
 * The administrator's token: `SIGNALBOX_ADMIN_TOKEN` if it is set, else the one in the data folder, else a new one,
 * which is then kept there with mode 0600. A token of fewer than 20 characters is refused.
 */
export async function administrator(store: Store, dataFolder: string): Promise<KnownAdministrator> {
  const given = process.env['SIGNALBOX_ADMIN_TOKEN'];
  if (given !== undefined) return { ...(await ensureAdministrator(store, given)), fresh: false, kept: false };
  const before = readLocalToken(dataFolder);
  const made = await ensureAdministrator(store, before);
  if (before === undefined) writeLocalToken(dataFolder, made.secret);
  return { ...made, fresh: before === undefined, kept: true };
}
