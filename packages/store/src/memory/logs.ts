import type { Instant } from '@signalbox/model';
import { newLines } from '../new-lines.ts';
import type { LogInfo, Logs } from '../port/logs.ts';
import { missing } from './rows.ts';
import type { Tables } from './tables.ts';

interface Log extends LogInfo {
  readonly lines: string[];
}

/** Logs in memory. */
export function logs(tables: Tables, clock: () => Instant): Logs {
  const byRun = new Map<number, Map<number, Log>>();
  tables.whenRemoved.push((run) => void byRun.delete(run));
  return {
    async append(key, firstLine, lines) {
      if (!tables.runs.has(key.run)) throw missing(`run ${key.run}`);
      const ofRun = byRun.get(key.run) ?? new Map<number, Log>();
      const log = ofRun.get(key.log);
      const kept = log?.lines ?? [];
      for (const line of newLines(key, kept.length, { firstLine, lines })) kept.push(line);
      const times = { createdAt: log?.createdAt ?? clock(), changedAt: clock() };
      byRun.set(key.run, ofRun.set(key.log, { log: key.log, lineCount: kept.length, lines: kept, ...times }));
      return kept.length;
    },
    async lines({ run, log }, { start = 1, end = Infinity } = {}) {
      return (byRun.get(run)?.get(log)?.lines ?? []).slice(Math.max(start - 1, 0), Math.max(end, 0));
    },
    async list(run) {
      return [...(byRun.get(run)?.values() ?? [])]
        .sort((a, b) => a.log - b.log)
        .map(({ log, lineCount, createdAt, changedAt }) => ({ log, lineCount, createdAt, changedAt }));
    },
  };
}
