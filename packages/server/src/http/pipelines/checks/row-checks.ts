import type { WireCheck } from '@signalbox/api';
import { checkProblems, complianceIssue, type CheckedResource } from '@signalbox/model';
import type { CheckInput, CheckRow, ProjectRow } from '@signalbox/store';
import { callerName } from '../../../auth/principal.ts';
import type { Ask } from '../../ask.ts';
import { badRequest, notFound } from '../../problem.ts';
import { apiUrl, identityRef, wireTime } from '../../shape/common.ts';
import { checkChange } from './check-body.ts';
import type { CheckHome } from './check-home.ts';
import { readTimeout } from './read-timeout.ts';
import type { TaskDefinition } from './wire-kind.ts';
import { kindOfBody, kindOfSettings, type NamedKind } from './wire-kinds.ts';

/** A check that is a lock has the lock's number; the numbers of the others begin behind all locks. */
const FIRST_NUMBER = 1_000_000_000;

/** The number of a check on the wire. */
export function wireCheckId(id: CheckRow['id']): number {
  return FIRST_NUMBER + id;
}

/** Whether a number on the wire is that of a check that is no lock. */
export function isRowId(id: number): boolean {
  return id > FIRST_NUMBER;
}

/** The checks of all kinds but the lock; those of checkpoints that begin from now on (CHK-6). */
export const rowChecks: CheckHome = {
  async list(ask, project) {
    const rows = await ask.app.store.checks.list(project.id);
    return rows.map((row) => wireRow(ask, project, row));
  },
  async get(ask, project, id) {
    return wireRow(ask, project, await mustFind(ask, project, id));
  },
  async create(ask, project, resource) {
    const input = await readInput(ask, project, kindOfBody(ask.body()));
    return wireRow(ask, project, await ask.app.store.checks.create(project.id, resource, input));
  },
  async update(ask, project, id) {
    const known = await mustFind(ask, project, id);
    const named = kindOfSettings(known.settings);
    checkChange(ask.body(), { ...known, type: named.kind.type.id });
    const input = await readInput(ask, project, { ...named, task: sameTask(ask, named) }, known);
    return wireRow(ask, project, await ask.app.store.checks.update(project.id, known.id, input));
  },
  // Stages that wait for it go on to wait (CHK-54).
  async remove(ask, project, id) {
    const known = await mustFind(ask, project, id);
    await ask.app.store.checks.remove(project.id, known.id);
  },
};

/** The task that a change names; one of another kind would make it another check. */
function sameTask(ask: Ask, { kind }: NamedKind): TaskDefinition | undefined {
  const wanted = ask.body().object('settings').object('definitionRef').text('id')?.toLowerCase();
  const task = kind.tasks.find(({ id }) => id === wanted);
  if (task !== undefined || wanted === undefined || kind.tasks.length === 0) return task;
  throw badRequest('A check cannot run another task; delete it and add another.');
}

async function mustFind(ask: Ask, project: ProjectRow, id: number): Promise<CheckRow> {
  const row = await ask.app.store.checks.get(project.id, id - FIRST_NUMBER);
  if (row === undefined) throw notFound('CheckConfiguration', `The check configuration ${id}`);
  return row;
}

async function readInput(
  ask: Ask,
  project: ProjectRow,
  { kind, task }: NamedKind,
  known?: CheckRow,
): Promise<CheckInput> {
  const body = ask.body();
  const { store } = ask.app;
  const context = { store, project: project.id, now: ask.app.clock(), base: known?.settings, task };
  const settings = await kind.read(body.object('settings'), context);
  const timeoutMinutes = readTimeout(body) ?? known?.timeoutMinutes ?? kind.defaultMinutes;
  const [problem] = checkProblems({ settings, timeoutMinutes });
  if (problem !== undefined) throw badRequest(problem);
  const disabled = body.flag('isDisabled');
  const enabled = disabled === undefined ? (known?.enabled ?? true) : !disabled;
  const by = callerName(ask);
  return { settings, timeoutMinutes, enabled, by };
}

function wireRow(ask: Ask, project: ProjectRow, row: CheckRow): WireCheck {
  const { kind } = kindOfSettings(row.settings);
  const id = wireCheckId(row.id);
  const url = apiUrl(ask.app, project, `pipelines/checks/configurations/${id}`);
  return {
    id,
    version: row.version,
    type: kind.type,
    resource: wireResource(row.resource),
    timeout: row.timeoutMinutes,
    isDisabled: !row.enabled,
    ...(wantsSettings(ask) && { settings: kind.write(row.settings) }),
    createdBy: identityRef(row.createdBy),
    createdOn: wireTime(row.createdAt),
    modifiedBy: identityRef(row.modifiedBy),
    modifiedOn: wireTime(row.modifiedAt),
    ...issueOf(row),
    url,
    _links: { self: { href: url } },
  };
}

/** What Azure warns of; nothing is refused for it (HOOK-11). */
function issueOf({ settings, timeoutMinutes }: CheckRow): Pick<WireCheck, 'issue'> {
  const message = settings.kind === 'invoke' ? complianceIssue(settings, timeoutMinutes) : undefined;
  return message === undefined ? {} : { issue: { message, detailedMessage: message } };
}

/** Only who asks for them gets the settings (REST.md §3.6). */
export function wantsSettings({ query }: Ask): boolean {
  return query.text('$expand')?.toLowerCase() === 'settings';
}

function wireResource({ type, id, name }: CheckedResource): WireCheck['resource'] {
  return { type, id, name };
}
