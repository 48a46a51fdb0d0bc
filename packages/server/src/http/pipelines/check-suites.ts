import { randomUUID } from 'node:crypto';
import { CHECK_ACTION, type Collection, type WireCheckSuite } from '@signalbox/api';
import type { BundleRow, CheckRun, StageState, ToldRefusal } from '@signalbox/engine';
import { fold } from '@signalbox/model';
import type { ProjectRow } from '@signalbox/store';
import { personOf } from '../../auth/groups.ts';
import { problemCode } from '../../refusals.ts';
import type { Ask, Handlers } from '../ask.ts';
import { isAllowed } from '../library/require-act.ts';
import { badRequest, notFound, Problem } from '../problem.ts';
import type { Fields } from '../read/fields.ts';
import { readTime } from '../read/time.ts';
import { checkRunId, wireSuite, type FoundSuite } from '../shape/check-suite.ts';
import { collection } from '../shape/common.ts';
import { lockContext, requestsView } from '../signalbox/lock-shape.ts';
import { approvalKey } from './approval-id.ts';
import { refuseUnknown } from './checks/refuse-unknown.ts';
import { wireCheckId } from './checks/row-checks.ts';

/** Check suites: what the stages of runs are checked by, and operations on it (REST.md §3.6, CHK-53). */
export const checkSuiteHandlers: Handlers<
  'listCheckSuites' | 'evaluateChecks' | 'getCheckSuite' | 'operateCheck'
> = {
  listCheckSuites: async (ask) => listSuites(ask),
  async evaluateChecks(ask) {
    const project = await ask.project();
    const id = ask.body().text('id');
    if (id === undefined) {
      throw badRequest('A suite begins when its stage becomes ready; name one that has begun by its "id".');
    }
    return wireSuite(ask.app, project, await mustFind(ask, project, id));
  },
  async getCheckSuite(ask) {
    const project = await ask.project();
    return wireSuite(ask.app, project, await mustFind(ask, project, ask.param('suiteId')));
  },
  operateCheck: async (ask) => operate(ask),
};

async function listSuites(ask: Ask): Promise<Collection<WireCheckSuite>> {
  const project = await ask.project();
  const id = ask.query.number('runId') ?? ask.query.number('buildId');
  if (id === undefined) throw badRequest('"runId" must name the run whose check suites are wanted.');
  const run = await ask.app.store.runs.get(id);
  if (run?.project !== project.id) throw notFound('Build', `The run ${id}`);
  const suites: WireCheckSuite[] = [];
  for (const place of run.stages.keys()) {
    const suite = await suiteOf(ask, project, { run, place });
    if (suite !== undefined) suites.push(wireSuite(ask.app, project, suite));
  }
  return collection(suites);
}

/** The suite that an id names; the key lies in the id. One of an earlier attempt has left its run. */
async function mustFind(ask: Ask, project: ProjectRow, id: string): Promise<FoundSuite> {
  const key = approvalKey(id);
  const run = key?.check === 0 ? await ask.app.store.runs.get(key.run) : undefined;
  const isIts = run?.project === project.id && run.stages[key?.stage ?? -1]?.attempt === key?.attempt;
  const suite =
    isIts && key !== undefined ? await suiteOf(ask, project, { run, place: key.stage }) : undefined;
  if (suite === undefined) {
    throw notFound('CheckSuite', `The check suite ${id.slice(0, 40)}`);
  }
  return suite;
}

/** The suite of the latest attempt of a stage; undefined: it has not begun, or nothing is checked. */
async function suiteOf(
  ask: Ask,
  project: ProjectRow,
  { run, place }: Pick<FoundSuite, 'run' | 'place'>,
): Promise<FoundSuite | undefined> {
  const stage = run.stages[place];
  if (stage === undefined) return undefined;
  const checks = (stage.checkpoint?.checks ?? []).filter(({ category }) => category !== 'inJob');
  const bundles = await ask.app.store.locks.ofRun(project.id, run.id);
  const bundle = bundles.find((one) => hasAsked(one, stage));
  const locks = bundle === undefined ? [] : await requestsView(lockContext(ask, project), bundle);
  return checks.length + locks.length === 0 ? undefined : { run, place, stage, checks, locks };
}

/** Whether it is the stage's, and asks for locks: not before other checks have passed, nor inside of a span (LOCK-65). */
function hasAsked({ requester, status, inside }: BundleRow, { name, attempt }: StageState): boolean {
  const isIts = requester.attempt === attempt && fold(requester.stage) === fold(name);
  return isIts && status !== 'expected' && inside === undefined;
}

const KNOWN = ['action', 'checkId', 'comment', 'deferredTo'];

async function operate(ask: Ask): Promise<WireCheckSuite> {
  const project = await ask.project();
  const id = ask.param('suiteId');
  const suite = await mustFind(ask, project, id);
  const body = ask.body();
  refuseUnknown(body, KNOWN, 'An operation on a check');
  const what = body.word('action', CHECK_ACTION);
  if (what === undefined) throw badRequest('"action" must be rerun, bypass or defer.');
  const check = checkIn(suite, body);
  const until = readTime('deferredTo', body.text('deferredTo'));
  if ((what === 'defer') !== (until !== undefined)) {
    throw badRequest('"deferredTo" says until when a check is deferred; it belongs to that action only.');
  }
  const { resource } = check.configuration;
  const person = personOf(ask.principal, project.id);
  const administrator = await isAllowed(ask, project, 'bypass', resource);
  const reply = await ask.app.store.inbox.execute(
    {
      to: { kind: 'run', id: suite.run.id },
      body: {
        type: 'OperateCheck',
        stage: suite.stage.name,
        attempt: suite.stage.attempt,
        check: check.number,
        what,
        by: { ...person, administrator },
        reason: body.text('comment', MAX_COMMENT) ?? '',
        ...(until !== undefined && { until }),
      },
    },
    randomUUID(),
  );
  if (!reply.ok) throw refused(reply.refusal);
  return wireSuite(ask.app, project, await mustFind(ask, project, id));
}

/** The engine says how long a reason may be; this bounds what is read. */
const MAX_COMMENT = 10_000;

/** By the id of the check run, or by the number of its configuration. */
function checkIn(suite: FoundSuite, body: Fields): CheckRun {
  const wanted = body.textOrNumber('checkId')?.toLowerCase() ?? '';
  const found = suite.checks.find(
    ({ number, configuration }) =>
      checkRunId(suite, number) === wanted || String(wireCheckId(configuration.id)) === wanted,
  );
  if (found !== undefined) return found;
  throw notFound('CheckRun', `A check ${wanted === '' ? '(none)' : wanted.slice(0, 40)} of this suite`);
}

/** Who may not is 403, what has been decided 409, the rest a mistake of the caller. */
function refused({ code, message }: ToldRefusal): Problem {
  const known = { code: problemCode(code) };
  switch (code) {
    case 'check-not-found':
      return new Problem(404, 'CheckRunNotFoundException', message, known);
    case 'check-not-administrator':
      return new Problem(403, 'AccessDeniedException', message, known);
    case 'check-over':
    case 'check-running':
      return new Problem(409, 'CheckRunAlreadyCompletedException', message, known);
    default:
      return new Problem(400, 'InvalidCheckRunUpdateException', message, known);
  }
}
