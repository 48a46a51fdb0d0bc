import { APPROVAL_CHECK, EXCLUSIVE_LOCK_CHECK, type WireCheck } from '@signalbox/api';
import type { LockRow } from '@signalbox/engine';
import { DEFAULT_LOCK_POLICY } from '@signalbox/model';
import type { ProjectRow } from '@signalbox/store';
import { environmentResource } from '../../work/resources.ts';
import { idOf, type Ask, type Handlers } from '../ask.ts';
import { badRequest, notFound, Problem } from '../problem.ts';
import { fieldsOf, type Fields } from '../read/fields.ts';
import { configureLock } from '../signalbox/configure-lock.ts';
import { apiUrl, collection } from '../shape/common.ts';
import {
  approvalChecks,
  createApprovalCheck,
  deleteApprovalCheck,
  getApprovalCheck,
  isApprovalId,
  isApprovalType,
  updateApprovalCheck,
} from './approval-checks.ts';
import { readTimeout } from './read-timeout.ts';

/**
 * Checks on protected resources: the exclusive lock of environments, and their approvals (REST.md §3.6). An exclusive
 * lock check is its lock: they have the same number, and a disabled or deleted check is a disabled lock (GAP-18).
 */
export const checkHandlers: Handlers<
  'listChecks' | 'createCheck' | 'getCheck' | 'updateCheck' | 'deleteCheck' | 'queryChecks'
> = {
  listChecks: async (ask) => listChecks(ask),
  createCheck: async (ask) => createCheck(ask),
  async getCheck(ask) {
    const project = await ask.project();
    if (isApprovalId(ask)) return getApprovalCheck(ask, project);
    return wireCheck(ask, project, await findCheck(ask, project));
  },
  updateCheck: async (ask) => updateCheck(ask),
  deleteCheck: async (ask) => deleteCheck(ask),
  queryChecks: async (ask) => queryChecks(ask),
};

async function checksOf(ask: Ask, project: ProjectRow): Promise<readonly LockRow[]> {
  const locks = await ask.app.store.locks.list(project.id);
  return locks.filter((lock) => lock.resource.type === 'environment' && lock.enabled);
}

async function findCheck(ask: Ask, project: ProjectRow): Promise<LockRow> {
  const id = ask.id('checkId', 'CheckConfiguration');
  const lock = await ask.app.store.locks.get(project.id, id);
  if (lock === undefined || lock.resource.type !== 'environment') {
    throw notFound('CheckConfiguration', `The check configuration ${id}`);
  }
  return lock;
}

async function listChecks(ask: Ask): Promise<unknown> {
  const project = await ask.project();
  const type = ask.query.text('resourceType')?.toLowerCase();
  const id = ask.query.text('resourceId');
  const found = (await checksOf(ask, project)).filter(
    ({ resource }) =>
      (type === undefined || resource.type === type) && (id === undefined || resource.id === id),
  );
  const approvals = (await approvalChecks(ask, project)).filter(
    ({ resource }) =>
      (type === undefined || resource.type === type) && (id === undefined || resource.id === id),
  );
  return collection([...found.map((lock) => wireCheck(ask, project, lock)), ...approvals]);
}

async function queryChecks(ask: Ask): Promise<unknown> {
  const project = await ask.project();
  const asked = ask.bodyList().map((item) => {
    const fields = fieldsOf(item, 'Each resource');
    return `${fields.text('type')?.toLowerCase()}:${fields.textOrNumber('id')}`;
  });
  const found = (await checksOf(ask, project)).filter(({ resource }) =>
    asked.includes(`${resource.type}:${resource.id}`),
  );
  const approvals = (await approvalChecks(ask, project)).filter(({ resource }) =>
    asked.includes(`${resource.type}:${resource.id}`),
  );
  return collection([...found.map((lock) => wireCheck(ask, project, lock)), ...approvals]);
}

async function createCheck(ask: Ask): Promise<WireCheck> {
  const project = await ask.project();
  const body = ask.body();
  const resource = await readResource(ask, project, body.object('resource'));
  if (isApprovalType(body)) return createApprovalCheck(ask, project, resource);
  requireExclusiveLock(body);
  const known = await ask.app.store.locks.find(project.id, resource);
  if (known?.enabled === true) {
    throw new Problem(
      409,
      'CheckConfigurationAlreadyExistsException',
      `${resource.name} has an exclusive lock already.`,
    );
  }
  const policy = known?.policy ?? DEFAULT_LOCK_POLICY;
  const waitTimeoutMinutes = readTimeout(body) ?? policy.waitTimeoutMinutes;
  const lock = await configureLock(ask, project, {
    resource: { type: resource.type, id: resource.id },
    name: resource.name,
    policy: { ...policy, waitTimeoutMinutes },
    enabled: body.flag('isDisabled') !== true,
  });
  return wireCheck(ask, project, lock);
}

async function updateCheck(ask: Ask): Promise<WireCheck> {
  const project = await ask.project();
  if (isApprovalId(ask)) return updateApprovalCheck(ask, project);
  const lock = await findCheck(ask, project);
  const body = ask.body();
  if (body.has('type')) requireExclusiveLock(body);
  const waitTimeoutMinutes = readTimeout(body) ?? lock.policy.waitTimeoutMinutes;
  const disabled = body.flag('isDisabled');
  const changed = await configureLock(ask, project, {
    resource: lock.resource,
    name: lock.name,
    policy: { ...lock.policy, waitTimeoutMinutes },
    enabled: disabled === undefined ? lock.enabled : !disabled,
  });
  return wireCheck(ask, project, changed);
}

async function deleteCheck(ask: Ask): Promise<undefined> {
  const project = await ask.project();
  if (isApprovalId(ask)) {
    await deleteApprovalCheck(ask, project);
    await ask.reply.code(204).send();
    return undefined;
  }
  const { resource, name, policy, enabled, id } = await findCheck(ask, project);
  if (!enabled) throw notFound('CheckConfiguration', `The check configuration ${id}`);
  // The row stays: its token must never fall, should the check come back (INV-02).
  await configureLock(ask, project, { resource, name, policy, enabled: false });
  await ask.reply.code(204).send();
  return undefined;
}

// By its id: scripts spell the name in many ways, and the id in capitals (REST.md §2.5).
function requireExclusiveLock(body: Fields): void {
  const type = body.object('type').text('id')?.toLowerCase();
  if (type === EXCLUSIVE_LOCK_CHECK) return;
  throw new Problem(
    400,
    'CheckTypeNotSupportedException',
    `Checks of the type ${type ?? '(none)'} are not supported yet; the exclusive lock is ${EXCLUSIVE_LOCK_CHECK}, the approval ${APPROVAL_CHECK}.`,
  );
}

async function readResource(
  ask: Ask,
  project: ProjectRow,
  resource: Fields,
): Promise<ReturnType<typeof environmentResource>> {
  const type = resource.text('type')?.toLowerCase();
  if (type !== 'environment')
    throw badRequest('"resource.type" must be "environment"; others are not supported yet.');
  const id = idOf(resource.textOrNumber('id') ?? '', 'Environment');
  const environment = await ask.app.store.environments.get(project.id, id);
  if (environment === undefined) throw notFound('Environment', `The environment ${id}`);
  return environmentResource(environment);
}

function wireCheck(ask: Ask, project: ProjectRow, lock: LockRow): WireCheck {
  return {
    id: lock.id,
    version: 1,
    type: { id: EXCLUSIVE_LOCK_CHECK, name: 'ExclusiveLock' },
    resource: { type: lock.resource.type, id: lock.resource.id, name: lock.name },
    timeout: lock.policy.waitTimeoutMinutes,
    isDisabled: !lock.enabled,
    ...(ask.query.text('$expand')?.toLowerCase() === 'settings' && { settings: {} }),
    url: apiUrl(ask.app, project, `pipelines/checks/configurations/${lock.id}`),
  };
}
