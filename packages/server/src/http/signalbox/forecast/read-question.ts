import {
  createRun,
  type BundleRow,
  type InterlockingMessage,
  type LockRow,
  type Mail,
  type RunAnswer,
  type RunState,
} from '@signalbox/engine';
import { fold, isBranchPattern, type LockId } from '@signalbox/model';
import type { ProjectRow, Store } from '@signalbox/store';
import { callerName } from '../../../auth/principal.ts';
import type { Ask } from '../../ask.ts';
import { badRequest, notFound } from '../../problem.ts';
import type { Fields } from '../../read/fields.ts';
import { readPlace } from '../read-operation.ts';
import { readPolicy } from '../read-policy.ts';

/** A what-if question as the messages that it is about. */
export interface Question {
  readonly messages: readonly InterlockingMessage[];
  /** Further locks that it touches. */
  readonly locks: readonly LockId[];
  /** The run that it cancels. */
  readonly cancelled?: RunState;
}

interface Context {
  readonly ask: Ask;
  readonly project: ProjectRow;
  readonly lock: LockRow;
  readonly body: Fields;
  readonly by: string;
}

type Reader = (context: Context) => Promise<Question>;

/** What may be asked, each under the name of its property. */
const READERS: Readonly<Record<string, Reader>> = {
  policy: async (context) => onlyThis(policyMessage(context)),
  cancelRun: cancelRun,
  withdraw: (context) => onRequest(context, 'WithdrawRequest', 'withdraw'),
  hold: (context) => onRequest(context, 'HoldRequest', 'hold'),
  unhold: (context) => onRequest(context, 'UnholdRequest', 'unhold'),
  force: (context) => onRequest(context, 'ForceGrant', 'force'),
  move: move,
  approve: approve,
  freeze: async (context) => onlyThis(freezeMessage(context)),
  unfreeze: async (context) => onlyThis(unfreezeMessage(context)),
};

/** The reason that operators' acts need; nobody ever reads this one. */
const WHAT_IF = 'what if';

/** Reads the question of a body: exactly one. What we do not know is refused: it would look answered. */
export async function readQuestion(ask: Ask, project: ProjectRow, lock: LockRow): Promise<Question> {
  const body = ask.body();
  const names = body.entries().map(([written]) => written);
  const known = names.flatMap((written) =>
    Object.keys(READERS).filter((name) => name.toLowerCase() === written.toLowerCase()),
  );
  const [name] = known;
  const reader = READERS[name ?? ''];
  if (names.length !== 1 || reader === undefined)
    throw badRequest(`Ask one question; the body has one of: ${Object.keys(READERS).join(', ')}.`);
  const by = callerName(ask);
  return reader({ ask, project, lock, body, by });
}

function onlyThis(message: InterlockingMessage): Question {
  return { messages: [message], locks: [] };
}

function policyMessage({ lock, body, by }: Context): InterlockingMessage {
  const patch = body.object('policy');
  const policy = readPolicy(patch, lock.policy);
  const enabled = patch.flag('enabled') ?? lock.enabled;
  return { type: 'ConfigureLock', resource: lock.resource, name: lock.name, policy, enabled, by };
}

function freezeMessage({ ask, lock, body, by }: Context): InterlockingMessage {
  const freeze = body.object('freeze');
  const unknown = freeze.entries().find(([name]) => !/^(until|exempt)$/i.test(name));
  if (unknown !== undefined) throw badRequest(`A freeze has no "${unknown[0].slice(0, 60)}".`);
  const exempt = freeze.list('exempt');
  if (!exempt.every((one) => typeof one === 'string' && isBranchPattern(one)))
    throw badRequest('"exempt" is a list of full branch names or beginnings with "*" at their end.');
  const text = freeze.text('until');
  const until = text === undefined ? undefined : Date.parse(text);
  if (until !== undefined && !(until > ask.now)) throw badRequest('"until" is a time in the future.');
  const end = until === undefined ? {} : { until };
  return { type: 'FreezeLock', lock: lock.id, ...end, exempt: exempt.map(String), by, reason: WHAT_IF };
}

function unfreezeMessage({ lock, body, by }: Context): InterlockingMessage {
  if (body.flag('unfreeze') !== true) throw badRequest('"unfreeze" must be true.');
  return { type: 'UnfreezeLock', lock: lock.id, by, reason: WHAT_IF };
}

async function onRequest(
  context: Context,
  type: 'WithdrawRequest' | 'HoldRequest' | 'UnholdRequest' | 'ForceGrant',
  name: string,
): Promise<Question> {
  const bundle = await latestRequest(context, name);
  return {
    messages: [{ type, bundle: bundle.id, by: context.by, reason: WHAT_IF }],
    locks: bundle.requests.map(({ lock }) => lock),
  };
}

async function move(context: Context): Promise<Question> {
  const bundle = await latestRequest(context, 'move');
  const place = readPlace(context.body.object('move'));
  return {
    messages: [{ type: 'MoveRequest', bundle: bundle.id, by: context.by, reason: WHAT_IF, place }],
    locks: bundle.requests.map(({ lock }) => lock),
  };
}

async function approve(context: Context): Promise<Question> {
  const { requester, requests } = await latestRequest(context, 'approve');
  const { run, stage, attempt } = requester;
  const messages = [{ type: 'ApprovalGiven', run, stage, attempt } as const];
  return { messages, locks: requests.map(({ lock }) => lock) };
}

/** The latest attempt of the stage of a run that asked for locks. */
async function latestRequest({ ask, project, body }: Context, name: string): Promise<BundleRow> {
  const of = body.object(name);
  const run = of.number('runId');
  const stage = of.text('stage');
  if (run === undefined || stage === undefined) throw badRequest(`"${name}" needs "runId" and "stage".`);
  const found = (await ask.app.store.locks.ofRun(project.id, run)).findLast(
    ({ requester }) => fold(requester.stage) === fold(stage),
  );
  if (found === undefined) throw notFound('LockRequest', `A lock request of stage ${stage} of run ${run}`);
  return found;
}

/** What the run itself would tell the locks: it decides the cancel on a copy, too. */
async function cancelRun({ ask, project, body, by }: Context): Promise<Question> {
  const id = body.number('cancelRun');
  const { store } = ask.app;
  const state = id === undefined ? undefined : await store.runs.get(id);
  if (state === undefined || state.project !== project.id) throw notFound('Run', `The run ${id ?? ''}`);
  const plan = await store.runs.plan(state.id);
  const copy = createRun(state.id);
  copy.supply([{ of: { need: 'run' }, state, ...(plan !== undefined && { plan }) }]);
  const mail = await mailOf(store, copy, () => copy.handle({ type: 'Cancel', by }, ask.now));
  const messages = mail.flatMap(({ to, body: message }) =>
    to.kind === 'interlocking' ? [message as InterlockingMessage] : [],
  );
  const bundles = await store.locks.ofRun(project.id, state.id);
  const locks = bundles.filter(isOpen).flatMap(({ requests }) => requests.map(({ lock }) => lock));
  return { messages, locks, cancelled: state };
}

/** What a run's decision sends; the checks of stages that begin by it are looked up as it asks for them (CHK-2). */
async function mailOf(
  store: Store,
  copy: ReturnType<typeof createRun>,
  decide: () => ReturnType<ReturnType<typeof createRun>['handle']>,
): Promise<readonly Mail[]> {
  let handled = decide();
  while (handled.kind === 'needs') {
    const answers: RunAnswer[] = [];
    for (const need of handled.needs) {
      if (need.need === 'run') return [];
      if (need.need === 'machines') {
        answers.push({ of: need, machines: await store.machines.list(Number(need.environment)) });
        continue;
      }
      const checks = await store.checks.list(need.project, need.resource);
      answers.push({ of: need, checks: checks.filter(({ enabled }) => enabled) });
    }
    copy.supply(answers);
    handled = decide();
  }
  return handled.outcome.mail;
}

function isOpen({ finishTime }: BundleRow): boolean {
  return finishTime === undefined;
}
