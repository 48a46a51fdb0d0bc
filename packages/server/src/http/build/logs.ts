import { Readable } from 'node:stream';
import type { Collection, WireLog } from '@signalbox/api';
import type { RunState } from '@signalbox/engine';
import type { LogInfo, ProjectRow } from '@signalbox/store';
import type { App } from '../../app.ts';
import type { Ask, Handlers } from '../ask.ts';
import { notFound } from '../problem.ts';
import { apiUrl, collection, wireTime } from '../shape/common.ts';
import { checkOwnRun, findRun, type FoundRun } from './find-run.ts';
import { logJson, logText, rangeOf } from './read-log.ts';
import { sendZip } from './send-zip.ts';
import { uploadedFiles } from './uploaded-files.ts';

/** Logs of runs, in three forms by `Accept` (REST.md §3.3). */
export const logHandlers: Handlers<'listLogs' | 'getLog'> = {
  listLogs: async (ask) => listLogs(ask),
  getLog: async (ask) => sendLogNumber(ask, (await ownRun(ask)).run, ask.id('logId', 'Log')),
};

async function ownRun(ask: Ask): Promise<FoundRun> {
  const found = await findRun(ask);
  checkOwnRun(ask, found.run);
  return found;
}

async function listLogs(ask: Ask): Promise<Collection<WireLog> | undefined> {
  const { run, project } = await ownRun(ask);
  const { store } = ask.app;
  const logs = await store.logs.list(run.id);
  if (!accepts(ask, 'application/zip'))
    return collection(logs.map((log) => wireLog(ask.app, project, run.id, log)));
  return sendLogsZip(ask, run);
}

/** Sends all logs of a run, and the files that were uploaded beside them, as a zip. */
export async function sendLogsZip(ask: Ask, run: RunState): Promise<undefined> {
  const { store } = ask.app;
  const files = (await store.logs.list(run.id)).map((log) => ({
    name: `${log.log}.txt`,
    content: () => logText(store, { run: run.id, log: log.log }, rangeOf(log, undefined, undefined)),
  }));
  return sendZip(ask, [...files, ...(await uploadedFiles(ask.app, run.id))]);
}

function wireLog(app: App, project: ProjectRow, run: number, log: LogInfo): WireLog {
  return {
    id: log.log,
    type: 'Container',
    url: apiUrl(app, project, `build/builds/${run}/logs/${log.log}`),
    lineCount: log.lineCount,
    createdOn: wireTime(log.createdAt),
    lastChangedOn: wireTime(log.changedAt),
  };
}

/** Sends one log of a run, whole or in part, as text, JSON or zip; all of them streamed. */
export async function sendLogNumber(ask: Ask, run: RunState, log: number): Promise<undefined> {
  const { store } = ask.app;
  const known = await store.logs.list(run.id);
  const info = known.find((one) => one.log === log);
  if (info === undefined) throw notFound('Log', `The log ${log} of build ${run.id}`);
  const key = { run: run.id, log };
  const range = rangeOf(info, ask.query.number('startLine'), ask.query.number('endLine'));
  if (accepts(ask, 'application/zip'))
    return sendZip(ask, [{ name: `${log}.txt`, content: () => logText(store, key, range) }]);
  const isJson = accepts(ask, 'application/json');
  const body = isJson ? logJson(store, key, range) : logText(store, key, range);
  await ask.reply
    .type(isJson ? 'application/json; charset=utf-8' : 'text/plain; charset=utf-8')
    .header('cache-control', 'no-store')
    .send(Readable.from(body));
  return undefined;
}

/** Whether the client asks for what is in a log, not for what is known of it. */
export function wantsContent(ask: Ask): boolean {
  const asksText = accepts(ask, 'text/plain') || ask.query.text('$format')?.toLowerCase() === 'text';
  return asksText || accepts(ask, 'application/zip');
}

// The first type named is the wish; clients add `;api-version=…` to it.
function accepts(ask: Ask, type: string): boolean {
  const wish = ask.query.text('$format') ?? ask.request.headers.accept?.split(',')[0] ?? '';
  return wish.toLowerCase().includes(type) || (type.endsWith('/zip') && wish === 'zip');
}
