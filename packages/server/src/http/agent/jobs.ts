import type { RenewResponse } from '@signalbox/api';
import type { InstanceKey, JobReport, JobRequestRow } from '@signalbox/engine';
import type { Plan, PoolId } from '@signalbox/model';
import { StoreError } from '@signalbox/store';
import { LOG_LINE_LENGTH, LOG_LINES } from '../../limits.ts';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest, conflict } from '../problem.ts';
import type { Fields } from '../read/fields.ts';
import { command, noJob, poolOf, requiredNumber } from './agent-caller.ts';
import { goneSignal } from './gone-signal.ts';
import { legPlace, logNumber } from './log-number.ts';
import { readFacts } from './read-facts.ts';

/** What an agent says about a job that it has; every call carries the lease (INV-51). */
export const jobHandlers: Handlers<'jobRenew' | 'jobWait' | 'jobReport' | 'jobLog'> = {
  jobRenew: async (ask) => renew(ask),
  jobWait: async (ask) => wait(ask),
  jobReport: async (ask) => report(ask),
  jobLog: async (ask) => log(ask),
};

async function renew(ask: Ask): Promise<RenewResponse> {
  const request = ask.id('request', 'JobRequest');
  const lease = requiredNumber(ask.body(), 'lease');
  const to = { kind: 'pool', id: poolOf(ask) } as const;
  const reply = await command(ask, { to, body: { type: 'LeaseRenewed', request, lease } });
  const cancel = reply.has('cancel') ? cancelIn(reply.object('cancel')) : undefined;
  return { leaseUntil: requiredNumber(reply, 'leaseUntil'), ...(cancel !== undefined && { cancel }) };
}

function cancelIn(cancel: Fields): NonNullable<RenewResponse['cancel']> {
  const kill = cancel.flag('kill') === true ? ({ kill: true } as const) : {};
  return { budgetMs: requiredNumber(cancel, 'budgetMs'), ...kill };
}

/** Answers as soon as the job is to stop, or, when its agent knows that, to be killed; a cancel must not wait for the next renewal. */
async function wait(ask: Ask): Promise<RenewResponse> {
  const { hub, leases } = ask.app;
  const pool = poolOf(ask);
  const request = ask.id('request', 'JobRequest');
  const waiting = hub.waitFor(
    ({ address, event }) =>
      address.kind === 'pool' &&
      address.id === pool &&
      ENDING.includes(event.type) &&
      'request' in event &&
      event.request === request,
    leases.pollWaitMs,
    goneSignal(ask),
  );
  try {
    const first = await renew(ask);
    const knows = ask.body().flag('cancelled') === true;
    const isNews = knows ? first.cancel?.kill === true : first.cancel !== undefined;
    if (isNews || (await waiting.over) !== 'found') return first;
    return await renew(ask);
  } finally {
    waiting.cancel();
  }
}

const ENDING: readonly string[] = ['RequestCancelAsked', 'LeaseExpired', 'RequestFinished'];

async function report(ask: Ask): Promise<undefined> {
  const pool = poolOf(ask);
  const body = ask.body();
  const lease = requiredNumber(body, 'lease');
  const sequence = requiredNumber(body, 'sequence');
  const row = await jobOf(ask, pool);
  const plan = await ask.app.store.runs.plan(row.run);
  const { reports, tags } = readFacts(body.list('facts'));
  const leg = await legOf(ask, row);
  const facts = withLogNumbers(sealSecrets(ask, reports), { plan, instance: row.instance, leg });
  // The key makes a repeated sequence harmless: it gets the first one's answer (F9).
  const key = `report:${pool}:${row.id}:${lease}:${sequence}`;
  const message = { type: 'JobReported', instance: row.instance, lease, report: facts } as const;
  await ignoringRepeats(() => command(ask, { to: { kind: 'run', id: row.run }, body: message }, key));
  // After the lease was found to be right; a repeat adds what it finds missing.
  if (tags.length > 0) await ask.app.store.runs.addTags(row.run, tags);
  await ask.reply.code(204).send();
  return undefined;
}

/** Secret outputs are sealed before they reach the run and its journal. */
function sealSecrets({ app }: Ask, facts: readonly JobReport[]): readonly JobReport[] {
  return facts.map((fact) =>
    fact.kind === 'output' && fact.secret ? { ...fact, value: app.sealer.seal(fact.value) } : fact,
  );
}

// A sequence that was heard is acknowledged, even if the agent now words it otherwise (F9).
async function ignoringRepeats(give: () => Promise<unknown>): Promise<void> {
  try {
    await give();
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'key-reused') throw error;
  }
}

interface LogOwner {
  readonly plan: Plan | undefined;
  readonly instance: InstanceKey;
  readonly leg: number;
}

/** Which leg of its job it is; the run alone knows, for most legs are only known when the job starts. */
async function legOf({ app }: Ask, { run, instance }: JobRequestRow): Promise<number> {
  if (instance.leg === undefined) return 0;
  const state = await app.store.runs.get(run);
  return state === undefined ? 0 : legPlace(state, instance);
}

function withLogNumbers(
  facts: readonly JobReport[],
  { plan, instance, leg }: LogOwner,
): readonly JobReport[] {
  return facts.map((fact) => {
    if (fact.kind !== 'step' || fact.step.log === undefined || plan === undefined) return fact;
    const { log: step, ...rest } = fact.step;
    const log = logNumber(plan, instance, step, leg);
    return { ...fact, step: { ...rest, ...(log !== undefined && { log }) } };
  });
}

/** The row of the job that the path names; 404 when this pool never had it. */
export async function jobOf(ask: Ask, pool: PoolId): Promise<JobRequestRow> {
  const id = ask.id('request', 'JobRequest');
  const row = await ask.app.store.poolWork.request(pool, id);
  if (row === undefined) throw noJob(id);
  return row;
}

/** Lines at a position: sent again they change nothing (INV-60); with an old lease they are refused (INV-51). */
async function log(ask: Ask): Promise<undefined> {
  const { store } = ask.app;
  const body = ask.body();
  const row = await jobOf(ask, poolOf(ask));
  requireLease(row, requiredNumber(body, 'lease'));
  const plan = await store.runs.plan(row.run);
  const step = requiredNumber(body, 'step');
  const number = plan === undefined ? undefined : logNumber(plan, row.instance, step, await legOf(ask, row));
  if (number === undefined) throw badRequest('"step" is no step of this job.');
  const firstLine = requiredNumber(body, 'firstLine');
  if (firstLine < 0) throw badRequest('"firstLine" counts from 0.');
  const lines = readLines(body);
  // The agent counts lines from 0, the store from 1.
  await store.logs.append({ run: row.run, log: number }, firstLine + 1, lines);
  await ask.reply.code(204).send();
  return undefined;
}

/** Refuses an old lease. An agent in quarantine still cleans up, and what it says belongs into the log. */
export function requireLease({ state }: JobRequestRow, lease: number): void {
  const isOpen = state.phase === 'assigned' || state.phase === 'quarantined';
  if (isOpen && state.lease === lease) return;
  throw conflict('AgentRefusedException', 'The lease is not the current one; stop the job.', 'lease-refused');
}

function readLines(body: Fields): readonly string[] {
  const lines = body.list('lines');
  if (lines.length > LOG_LINES) throw badRequest(`More than ${LOG_LINES} lines at once.`);
  return lines.map((line) => {
    if (typeof line !== 'string') throw badRequest('"lines" is a list of texts.');
    return line.length > LOG_LINE_LENGTH ? `${line.slice(0, LOG_LINE_LENGTH)} …(cut)` : line;
  });
}
