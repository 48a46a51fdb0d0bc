import { randomUUID } from 'node:crypto';
import { APPROVAL_STATE, type Collection, type EnumTable, type WireApproval } from '@signalbox/api';
import { approvalSteps, fits, type CheckAct, type Person, type ToldRefusal } from '@signalbox/engine';
import type { ProjectRow } from '@signalbox/store';
import { personNamed, personOf } from '../../auth/groups.ts';
import { problemCode } from '../../refusals.ts';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest, notFound, Problem } from '../problem.ts';
import { fieldsOf, type Fields } from '../read/fields.ts';
import { readTime } from '../read/time.ts';
import { statusOf, wireApproval, type ApprovalViewer, type FoundApproval } from '../shape/approval.ts';
import { collection } from '../shape/common.ts';
import { findApproval, loadApprovals } from './find-approval.ts';
import { knownApprovers, readApprover } from './read-approver.ts';

const DECISION: EnumTable<'approved' | 'rejected'> = { approved: 4, rejected: 8 };
/** Rows that one list looks through; what matches lies among the newest. */
const LOOK_THROUGH = 1000;
/** Decisions in one request. */
const MAX_UPDATES = 100;

/** Approvals (REST.md §3.6, APPR-13). */
export const approvalHandlers: Handlers<'listApprovals' | 'getApproval' | 'updateApprovals'> = {
  listApprovals: async (ask) => listApprovals(ask),
  async getApproval(ask) {
    const project = await ask.project();
    const found = await mustFind(ask, project, ask.param('approvalId'));
    return wireApproval(found, await viewerOf(ask, project));
  },
  updateApprovals: async (ask) => updateApprovals(ask),
};

async function viewerOf(ask: Ask, project: ProjectRow): Promise<ApprovalViewer> {
  const person = personOf(ask.principal, project.id);
  const steps = (ask.query.text('$expand') ?? '').toLowerCase().split(',').includes('steps');
  return { app: ask.app, project, person, steps };
}

async function mustFind(ask: Ask, project: ProjectRow, id: string): Promise<FoundApproval> {
  const found = await findApproval(ask.app.store, project, id);
  if (found === undefined) throw notFound('Approval', `The approval ${id.slice(0, 40)}`);
  return found;
}

async function listApprovals(ask: Ask): Promise<Collection<WireApproval>> {
  const project = await ask.project();
  const { store } = ask.app;
  const states = new Set(ask.query.words('state', APPROVAL_STATE)?.flatMap(statesIn));
  const assignedTo = ask.query.text('assignedTo') ?? ask.query.text('userId');
  const ids = ask.query.texts('approvalIds');
  const open = states.size > 0 && [...states].every((state) => state === 'pending' || state === 'deferred');
  const found =
    ids === undefined
      ? await loadApprovals(
          store,
          project,
          await store.approvals.list(project.id, { open, limit: LOOK_THROUGH }),
        )
      : await Promise.all(ids.slice(0, MAX_UPDATES).map(async (id) => mustFind(ask, project, id)));
  const person = assignedTo === undefined ? undefined : await assignee(ask, assignedTo);
  const viewer = await viewerOf(ask, project);
  return collection(
    found
      .filter(({ check }) => states.size === 0 || states.has(statusOf(check)))
      .filter((one) => person === undefined || isAssigned(one, person))
      .slice(0, ask.query.top(100))
      .map((one) => wireApproval(one, viewer)),
  );
}

/** The groups of the published words, taken apart (APPR-12). */
function statesIn(state: keyof typeof APPROVAL_STATE): readonly string[] {
  if (state === 'all') return Object.keys(APPROVAL_STATE);
  if (state === 'failed') return ['rejected', 'canceled', 'timedOut'];
  return state === 'completed' ? ['approved', 'rejected', 'canceled', 'timedOut'] : [state];
}

/** Whose approvals are wanted, by name or id; their groups count (APPR-13). */
async function assignee(ask: Ask, wanted: string): Promise<Person> {
  const { store } = ask.app;
  const { kind, name } = readApprover({ id: wanted }, await knownApprovers(store), '"assignedTo"');
  if (kind === 'group') return { name: '', groups: [name], administrator: false };
  return personNamed(store, name);
}

function isAssigned({ check }: FoundApproval, person: Person): boolean {
  return approvalSteps(check).some(({ assigned, status }) => status === 'pending' && fits(person, assigned));
}

/**
 * Decides approvals one after another, each for itself. The first refusal is the answer; what was decided before it
 * stays, and a repeated request says so.
 */
async function updateApprovals(ask: Ask): Promise<Collection<WireApproval>> {
  const project = await ask.project();
  const updates = ask.bodyList().map((one) => fieldsOf(one, 'Each update'));
  if (updates.length === 0 || updates.length > MAX_UPDATES) {
    throw badRequest(`The body is a list of 1 to ${MAX_UPDATES} updates.`);
  }
  const read = await Promise.all(updates.map(async (update) => readUpdate(ask, project, update)));
  const viewer = await viewerOf(ask, project);
  const decided: WireApproval[] = [];
  for (const { id, found, act } of read) {
    await tellRun(ask, found, { act, by: viewer.person });
    decided.push(wireApproval(await mustFind(ask, project, id), viewer));
  }
  return collection(decided);
}

interface Update {
  readonly id: string;
  readonly found: FoundApproval;
  readonly act: CheckAct;
}

async function readUpdate(ask: Ask, project: ProjectRow, update: Fields): Promise<Update> {
  const id = update.text('approvalId') ?? '';
  const found = await mustFind(ask, project, id);
  const status = update.word('status', DECISION);
  const comment = update.text('comment', 10_000);
  const named = update.object('assignedApprover');
  const known = await knownApprovers(ask.app.store);
  const assigned = update.has('assignedApprover')
    ? readApprover(Object.fromEntries(named.entries()), known, '"assignedApprover"').name
    : undefined;
  const more = { ...(comment !== undefined && { comment }), ...(assigned !== undefined && { assigned }) };
  if (update.has('reassignTo')) {
    if (status !== undefined) throw badRequest('An update decides or reassigns, not both.');
    const to = readApprover(update.raw('reassignTo'), known, '"reassignTo"');
    return { id, found, act: { what: 'reassign', to, ...more } };
  }
  if (status === undefined)
    throw badRequest('"status" must be approved or rejected, or "reassignTo" names somebody.');
  const deferredTo = readTime('deferredTo', update.text('deferredTo'));
  if (status === 'approved') {
    return { id, found, act: { what: 'approve', ...more, ...(deferredTo !== undefined && { deferredTo }) } };
  }
  if (deferredTo !== undefined) throw badRequest('Only an approval is deferred, not a rejection.');
  return { id, found, act: { what: 'reject', ...more } };
}

async function tellRun(
  ask: Ask,
  { key, run, stage }: FoundApproval,
  { act, by }: { readonly act: CheckAct; readonly by: Person },
): Promise<void> {
  const { attempt, check } = key;
  const body = { type: 'ActOnCheck', stage: stage.name, attempt, check, by, act } as const;
  const reply = await ask.app.store.inbox.execute({ to: { kind: 'run', id: run.id }, body }, randomUUID());
  if (!reply.ok) throw refused(reply.refusal);
}

/** Who may not is 403, what is decided already 409, the rest a mistake of the caller (INV-30). */
function refused({ code, message }: ToldRefusal): Problem {
  const known = problemCode(code);
  switch (code) {
    case 'run-not-found':
    case 'approval-not-found':
      return new Problem(404, 'ApprovalNotFoundException', message, { code: known });
    case 'approval-not-approver':
    case 'approval-requester':
    case 'approval-blocked':
      return new Problem(403, 'ApprovalUnauthorizedException', message, { code: known });
    case 'approval-over':
    case 'approval-decided':
    case 'approval-not-your-turn':
      return new Problem(409, 'ApprovalExistsException', message, { code: known });
    default:
      return new Problem(400, 'InvalidApprovalUpdateParametersException', message, { code: known });
  }
}
