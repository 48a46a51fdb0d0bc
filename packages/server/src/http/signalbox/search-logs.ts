import type { LogHit, LogSearch } from '@signalbox/api';
import { fold, type RunId } from '@signalbox/model';
import type { LogInfo } from '@signalbox/store';
import { LOG_SEARCH_MS } from '../../limits.ts';
import type { Ask, Handlers } from '../ask.ts';
import { checkOwnRun, findRun } from '../build/find-run.ts';
import { logPages, rangeOf } from '../build/read-log.ts';
import { badRequest } from '../problem.ts';

/** Search in the logs of one run. */
export const logSearchHandlers: Handlers<'searchLogs'> = {
  async searchLogs(ask) {
    const { run } = await findRun(ask, 'runId', 'Run');
    checkOwnRun(ask, run);
    const text = ask.query.text('text');
    if (text === undefined) throw badRequest('"text" is missing: what to look for.');
    return search(ask, run.id, fold(text));
  },
};

async function search(ask: Ask, run: RunId, wanted: string): Promise<LogSearch> {
  const most = ask.query.top();
  const end = performance.now() + LOG_SEARCH_MS;
  const hits: LogHit[] = [];
  for (const info of await ask.app.store.logs.list(run)) {
    for await (const hit of hitsIn(ask, run, { info, wanted })) {
      if (hit === 'page') {
        if (performance.now() > end) return { hits, incomplete: true };
        continue;
      }
      if (hits.length === most) return { hits, incomplete: true };
      hits.push(hit);
    }
  }
  return { hits };
}

/** The hits of one log; `page` after each page, so that the search can look at the clock. */
async function* hitsIn(
  { app }: Ask,
  run: RunId,
  { info, wanted }: { readonly info: LogInfo; readonly wanted: string },
): AsyncGenerator<LogHit | 'page'> {
  const { log } = info;
  let line = 0;
  for await (const page of logPages(app.store, { run, log }, rangeOf(info, undefined, undefined))) {
    for (const text of page) {
      line += 1;
      if (fold(text).includes(wanted)) yield { log, line, text };
    }
    yield 'page';
  }
}
