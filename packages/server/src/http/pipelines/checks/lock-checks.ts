import { EXCLUSIVE_LOCK_CHECK, type WireCheck } from '@signalbox/api';
import type { LockRow } from '@signalbox/engine';
import { DEFAULT_LOCK_POLICY } from '@signalbox/model';
import type { ProjectRow } from '@signalbox/store';
import type { Ask } from '../../ask.ts';
import { notFound, Problem } from '../../problem.ts';
import { apiUrl } from '../../shape/common.ts';
import { configureLock } from '../../signalbox/configure-lock.ts';
import { checkChange } from './check-body.ts';
import type { CheckHome } from './check-home.ts';
import { isChecked } from './check-resources.ts';
import { readTimeout } from './read-timeout.ts';
import { refuseUnknown } from './refuse-unknown.ts';
import { wantsSettings } from './row-checks.ts';

/**
 * The exclusive lock as a check. It is its lock: they have the same number, and a disabled or deleted check is a
 * disabled lock (GAP-18).
 */
export const lockChecks: CheckHome = {
  async list(ask, project) {
    const locks = await ask.app.store.locks.list(project.id);
    const shown = locks.filter((lock) => isChecked(lock.resource.type) && lock.enabled);
    return shown.map((lock) => wireLock(ask, project, lock));
  },
  async get(ask, project, id) {
    return wireLock(ask, project, await mustFind(ask, project, id));
  },
  async create(ask, project, { type, id, name }) {
    const resource = { type, id };
    const known = await ask.app.store.locks.find(project.id, resource);
    if (known?.enabled === true) throw existsAlready(name);
    const policy = known?.policy ?? DEFAULT_LOCK_POLICY;
    const { waitTimeoutMinutes, enabled = true } = readLock(ask);
    const changed = { ...policy, ...(waitTimeoutMinutes !== undefined && { waitTimeoutMinutes }) };
    const lock = await configureLock(ask, project, { resource, name, policy: changed, enabled });
    return wireLock(ask, project, lock);
  },
  async update(ask, project, id) {
    const known = await mustFind(ask, project, id);
    const { resource, name, policy } = known;
    checkChange(ask.body(), { version: VERSION, type: EXCLUSIVE_LOCK_CHECK, resource });
    const { waitTimeoutMinutes = policy.waitTimeoutMinutes, enabled = known.enabled } = readLock(ask);
    const changed = { ...policy, waitTimeoutMinutes };
    return wireLock(
      ask,
      project,
      await configureLock(ask, project, { resource, name, policy: changed, enabled }),
    );
  },
  async remove(ask, project, id) {
    const { resource, name, policy, enabled } = await mustFind(ask, project, id);
    if (!enabled) throw notFound('CheckConfiguration', `The check configuration ${id}`);
    // The row stays: its token must never fall, should the check come back (INV-02).
    await configureLock(ask, project, { resource, name, policy, enabled: false });
  },
};

/** A lock keeps no count of its changes; the audit lists them. */
const VERSION = 1;

async function mustFind(ask: Ask, project: ProjectRow, id: number): Promise<LockRow> {
  const lock = await ask.app.store.locks.get(project.id, id);
  if (lock !== undefined && isChecked(lock.resource.type)) return lock;
  throw notFound('CheckConfiguration', `The check configuration ${id}`);
}

/** Its only settings are how long to wait, and whether it counts; the policy is elsewhere (LOCK-30). */
function readLock(ask: Ask): { readonly waitTimeoutMinutes?: number; readonly enabled?: boolean } {
  const body = ask.body();
  refuseUnknown(body.object('settings'), [], 'An exclusive lock');
  const waitTimeoutMinutes = readTimeout(body);
  const disabled = body.flag('isDisabled');
  return {
    ...(waitTimeoutMinutes !== undefined && { waitTimeoutMinutes }),
    ...(disabled !== undefined && { enabled: !disabled }),
  };
}

function existsAlready(name: string): Problem {
  const message = `${name} has an exclusive lock already.`;
  return new Problem(409, 'CheckConfigurationAlreadyExistsException', message);
}

function wireLock(ask: Ask, project: ProjectRow, lock: LockRow): WireCheck {
  const url = apiUrl(ask.app, project, `pipelines/checks/configurations/${lock.id}`);
  return {
    id: lock.id,
    version: VERSION,
    type: { id: EXCLUSIVE_LOCK_CHECK, name: 'ExclusiveLock' },
    resource: { type: lock.resource.type, id: lock.resource.id, name: lock.name },
    timeout: lock.policy.waitTimeoutMinutes,
    isDisabled: !lock.enabled,
    ...(wantsSettings(ask) && { settings: {} }),
    url,
    _links: { self: { href: url } },
  };
}
