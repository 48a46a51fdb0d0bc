import type { WireTaskLog } from '@signalbox/api';
import { addToCheckLog } from '../../checks/check-log.ts';
import { jobIdOf } from '../../checks/check-place.ts';
import { CHECK_LOG_LINES, LOG_LINE_LENGTH, LOG_LINES } from '../../limits.ts';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest, conflict, forbidden } from '../problem.ts';
import { fieldsOf } from '../read/fields.ts';
import { apiUrl, wireTime } from '../shape/common.ts';
import { ownCheck, type OwnCheck } from './own-check.ts';
import { sendPlanEvent } from './plan-events.ts';

/** By which services answer for checks and write their logs (REST.md §3.7). */
export const planHandlers: Handlers<
  'sendPlanEvent' | 'feedPlanRecord' | 'createPlanLog' | 'appendPlanLog' | 'updatePlanRecords'
> = {
  sendPlanEvent: async (ask) => sendPlanEvent(ask),
  async feedPlanRecord(ask) {
    const own = await ownCheck(ask, ask.param('recordId'));
    const body = ask.body();
    const given = body.list('value');
    const count = body.number('count') ?? given.length;
    if (count !== given.length)
      throw badRequest(`"count" is ${count}, but "value" has ${given.length} lines.`);
    const lines = given.map((line) => {
      if (typeof line !== 'string') throw badRequest('"value" is a list of texts.');
      return line;
    });
    await write(ask, own, lines.flatMap(linesOf));
    await ask.reply.code(204).send();
    return undefined;
  },
  async createPlanLog(ask) {
    const own = await ownCheck(ask);
    await write(ask, own, []);
    return taskLog(ask, own);
  },
  async appendPlanLog(ask) {
    const own = await ownCheck(ask);
    requireOwnLog(own, ask.id('logId', 'Log'));
    const { body } = ask.request;
    if (body !== undefined && typeof body !== 'string')
      throw badRequest('Send the text itself, as application/octet-stream.');
    await write(ask, own, linesOf(body ?? ''));
    return taskLog(ask, own);
  },
  async updatePlanRecords(ask) {
    const own = await ownCheck(ask);
    const records = ask
      .body()
      .list('value')
      .map((one) => fieldsOf(one, 'Each record'));
    for (const record of records) {
      if (record.text('id')?.toLowerCase() !== jobIdOf(own.place))
        throw forbidden('The token is for another record; send the JobId that came with it as "id".');
      const log = record.object('log').number('id');
      if (log !== undefined) requireOwnLog(own, log);
    }
    const log = await taskLog(ask, own);
    const value = records.map(() => ({ id: jobIdOf(own.place), log }));
    return { count: value.length, value };
  },
};

/** A check run has one log. */
function requireOwnLog({ log }: OwnCheck, id: number): void {
  if (id !== log.log) throw forbidden(`The log ${id} is not that of this check run; its log is ${log.log}.`);
}

async function write(ask: Ask, { log }: OwnCheck, lines: readonly string[]): Promise<void> {
  if (lines.length > LOG_LINES) throw badRequest(`More than ${LOG_LINES} lines at once.`);
  const { store } = ask.app;
  const before = await addToCheckLog(store, log, []);
  if (before + lines.length > CHECK_LOG_LINES) {
    const message = `The log of a check has at most ${CHECK_LOG_LINES} lines; this one has ${before}.`;
    throw conflict('TaskLogFullException', message);
  }
  await addToCheckLog(store, log, lines);
}

/** Lines without their ends, and without what a database cannot hold (RELIABILITY §1.4). */
function linesOf(text: string): readonly string[] {
  const lines = text.replaceAll(/\0|\p{Surrogate}/gu, '\uFFFD').split(/\r\n|\n|\r/);
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) =>
    line.length > LOG_LINE_LENGTH ? `${line.slice(0, LOG_LINE_LENGTH)} …(cut)` : line,
  );
}

async function taskLog(ask: Ask, { run, log }: OwnCheck): Promise<WireTaskLog> {
  const project = await ask.project();
  const known = (await ask.app.store.logs.list(run.id)).find((one) => one.log === log.log);
  return {
    id: log.log,
    path: `checks\\${log.log}`,
    location: apiUrl(ask.app, project, `build/builds/${run.id}/logs/${log.log}`),
    lineCount: known?.lineCount ?? 0,
    createdOn: wireTime(known?.createdAt ?? ask.now),
    lastChangedOn: wireTime(known?.changedAt ?? ask.now),
  };
}
