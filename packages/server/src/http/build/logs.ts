import type { WireLog } from '@signalbox/api';
import type { LogInfo, ProjectRow } from '@signalbox/store';
import type { App } from '../../app.ts';
import type { Ask, Handlers } from '../ask.ts';
import { notFound } from '../problem.ts';
import { apiUrl, collection, wireTime } from '../shape/common.ts';
import { zip } from '../shape/zip.ts';
import { checkOwnRun, findRun, type FoundRun } from './find-run.ts';

/** Logs of runs, in three forms by `Accept` (REST.md §3.3). */
export const logHandlers: Handlers<'listLogs' | 'getLog'> = {
  listLogs: async (ask) => listLogs(ask),
  getLog: async (ask) => sendLog(ask, await ownRun(ask)),
};

async function ownRun(ask: Ask): Promise<FoundRun> {
  const found = await findRun(ask);
  checkOwnRun(ask, found.run);
  return found;
}

async function listLogs(ask: Ask): Promise<unknown> {
  const { run, project } = await ownRun(ask);
  const logs = await ask.app.store.logs.list(run.id);
  if (!accepts(ask, 'application/zip'))
    return collection(logs.map((log) => wireLog(ask.app, project, run.id, log)));
  const files: { name: string; text: string }[] = [];
  for (const { log } of logs)
    files.push({ name: `${log}.txt`, text: textOf(await linesOf(ask, run.id, log)) });
  return sendZip(ask, files);
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

/** Sends one log of a run, whole or in part, as text, JSON or zip. */
export async function sendLog(ask: Ask, { run }: FoundRun): Promise<unknown> {
  const log = ask.id('logId', 'Log');
  const known = await ask.app.store.logs.list(run.id);
  if (!known.some((one) => one.log === log)) throw notFound('Log', `The log ${log} of build ${run.id}`);
  const start = ask.query.number('startLine');
  const end = ask.query.number('endLine');
  const lines = await linesOf(ask, run.id, log, {
    ...(start !== undefined && { start: Math.max(1, start) }),
    ...(end !== undefined && { end: Math.max(0, end) }),
  });
  if (accepts(ask, 'application/zip')) return sendZip(ask, [{ name: `${log}.txt`, text: textOf(lines) }]);
  if (accepts(ask, 'application/json')) return collection(lines);
  await ask.reply.type('text/plain; charset=utf-8').header('cache-control', 'no-store').send(textOf(lines));
  return undefined;
}

function linesOf(
  ask: Ask,
  run: number,
  log: number,
  range?: { readonly start?: number; readonly end?: number },
): Promise<readonly string[]> {
  return ask.app.store.logs.lines({ run, log }, range);
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

// The first type named is the wish; clients add `;api-version=…` to it.
function accepts(ask: Ask, type: string): boolean {
  const wish = ask.query.text('$format') ?? ask.request.headers.accept?.split(',')[0] ?? '';
  return wish.toLowerCase().includes(type) || (type.endsWith('/zip') && wish === 'zip');
}

async function sendZip(ask: Ask, files: readonly { name: string; text: string }[]): Promise<undefined> {
  await ask.reply.type('application/zip').header('cache-control', 'no-store').send(zip(files));
  return undefined;
}
