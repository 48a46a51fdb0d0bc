import { APPROVAL_CHECK, type WireCheck } from '@signalbox/api';
import { checkProblems, DEFAULT_CHECK_MINUTES, type CheckedResource } from '@signalbox/model';
import type { CheckInput, CheckRow, ProjectRow } from '@signalbox/store';
import type { Ask } from '../ask.ts';
import { badRequest, notFound } from '../problem.ts';
import type { Fields } from '../read/fields.ts';
import { apiUrl } from '../shape/common.ts';
import { readApprovalSettings, wireApprovalSettings } from './approval-settings.ts';
import { knownApprovers } from './read-approver.ts';
import { readTimeout } from './read-timeout.ts';

/** A check that is a lock has the lock's number; the numbers of the others begin behind all locks. */
const FIRST_NUMBER = 1_000_000_000;

/** Whether the number in the path is that of an approval. */
export function isApprovalId(ask: Ask): boolean {
  return ask.id('checkId', 'CheckConfiguration') > FIRST_NUMBER;
}

/** Whether the body says that the check is an approval: by the id, which scripts spell in capitals, too. */
export function isApprovalType(body: Fields): boolean {
  return body.object('type').text('id')?.toLowerCase() === APPROVAL_CHECK;
}

/** The approvals on the resources of a project. */
export async function approvalChecks(ask: Ask, project: ProjectRow): Promise<readonly WireCheck[]> {
  const rows = await ask.app.store.checks.list(project.id);
  return rows.map((row) => wireApprovalCheck(ask, project, row));
}

/** Puts an approval on a resource; checkpoints that begin from now on ask for it (CHK-6). */
export async function createApprovalCheck(
  ask: Ask,
  project: ProjectRow,
  resource: CheckedResource,
): Promise<WireCheck> {
  const row = await ask.app.store.checks.create(project.id, resource, await readInput(ask));
  return wireApprovalCheck(ask, project, row);
}

/** One approval of a resource. */
export async function getApprovalCheck(ask: Ask, project: ProjectRow): Promise<WireCheck> {
  return wireApprovalCheck(ask, project, await mustFind(ask, project));
}

/** Changes it for checkpoints to come. */
export async function updateApprovalCheck(ask: Ask, project: ProjectRow): Promise<WireCheck> {
  const known = await mustFind(ask, project);
  const row = await ask.app.store.checks.update(project.id, known.id, await readInput(ask, known));
  return wireApprovalCheck(ask, project, row);
}

/** Takes it off; stages that wait for it go on to wait (CHK-54). */
export async function deleteApprovalCheck(ask: Ask, project: ProjectRow): Promise<void> {
  const { id } = await mustFind(ask, project);
  await ask.app.store.checks.remove(project.id, id);
}

async function mustFind(ask: Ask, project: ProjectRow): Promise<CheckRow> {
  const id = ask.id('checkId', 'CheckConfiguration');
  const row = await ask.app.store.checks.get(project.id, id - FIRST_NUMBER);
  if (row === undefined) throw notFound('CheckConfiguration', `The check configuration ${id}`);
  return row;
}

async function readInput(ask: Ask, known?: CheckRow): Promise<CheckInput> {
  const body = ask.body();
  if (body.has('type') && !isApprovalType(body))
    throw badRequest('A check cannot become one of another type.');
  const approvers = await knownApprovers(ask.app.store);
  const settings = readApprovalSettings(body.object('settings'), approvers, known?.settings);
  const timeoutMinutes = readTimeout(body) ?? known?.timeoutMinutes ?? DEFAULT_CHECK_MINUTES;
  const [problem] = checkProblems({ settings, timeoutMinutes });
  if (problem !== undefined) throw badRequest(problem);
  const disabled = body.flag('isDisabled');
  const enabled = disabled === undefined ? (known?.enabled ?? true) : !disabled;
  const by = 'name' in ask.principal ? ask.principal.name : ask.principal.role;
  return { settings, timeoutMinutes, enabled, by };
}

function wireApprovalCheck(ask: Ask, project: ProjectRow, row: CheckRow): WireCheck {
  const id = FIRST_NUMBER + row.id;
  return {
    id,
    version: row.version,
    type: { id: APPROVAL_CHECK, name: 'Approval' },
    resource: { type: row.resource.type, id: row.resource.id, name: row.resource.name },
    timeout: row.timeoutMinutes,
    isDisabled: !row.enabled,
    ...(ask.query.text('$expand')?.toLowerCase() === 'settings' && {
      settings: wireApprovalSettings(row.settings),
    }),
    url: apiUrl(ask.app, project, `pipelines/checks/configurations/${id}`),
  };
}
