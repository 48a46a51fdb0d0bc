import type { WireRunLog, WireRunLogs } from '@signalbox/api';
import type { LogInfo } from '@signalbox/store';
import { signedContent } from '../../auth/signed-content.ts';
import type { Ask } from '../ask.ts';
import type { FoundRun } from '../build/find-run.ts';
import { sendLogNumber, wantsContent } from '../build/logs.ts';
import { notFound } from '../problem.ts';
import { wantsSigned } from '../read/expand.ts';
import { apiUrl, wireTime } from '../shape/common.ts';

/** The logs of a run in the words of the Pipelines API; `$expand=signedContent` adds addresses that need no token. */
export async function runLogs(ask: Ask, found: FoundRun): Promise<WireRunLogs> {
  const { app } = ask;
  const logs = await app.store.logs.list(found.run.id);
  const all = { kind: 'logs', run: found.run.id, id: 0 } as const;
  return {
    logs: logs.map((log) => wireRunLog(ask, found, log)),
    ...(wantsSigned(ask.query) && { signedContent: signedContent(app, all) }),
    url: urlOf(ask, found),
  };
}

/** One log: what is known of it, or, where the client wants text or a zip, its content. */
export async function runLog(ask: Ask, found: FoundRun): Promise<WireRunLog | undefined> {
  const id = ask.id('logId', 'Log');
  if (wantsContent(ask)) return sendLogNumber(ask, found.run, id);
  const log = (await ask.app.store.logs.list(found.run.id)).find((one) => one.log === id);
  if (log === undefined) throw notFound('Log', `The log ${id} of run ${found.run.id}`);
  return wireRunLog(ask, found, log);
}

function wireRunLog(ask: Ask, found: FoundRun, log: LogInfo): WireRunLog {
  const content = { kind: 'log', run: found.run.id, id: log.log } as const;
  return {
    id: log.log,
    lineCount: log.lineCount,
    createdOn: wireTime(log.createdAt),
    lastChangedOn: wireTime(log.changedAt),
    url: `${urlOf(ask, found)}/${log.log}`,
    ...(wantsSigned(ask.query) && { signedContent: signedContent(ask.app, content) }),
  };
}

function urlOf({ app }: Ask, { run, project }: FoundRun): string {
  return apiUrl(app, project, `pipelines/${run.definition.id}/runs/${run.id}/logs`);
}
