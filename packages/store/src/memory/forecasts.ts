import { fold } from '@signalbox/model';
import { holdOf } from '../past-holds.ts';
import type { ForecastRow, Forecasts } from '../port/forecasts.ts';
import type { Tables } from './tables.ts';

/** Past holds and past forecasts, in memory. */
export function forecasts(tables: Tables): Forecasts {
  const kept = new Map<string, ForecastRow & { readonly project: number }>();
  return {
    async holds(project, { definition, stage }, limit) {
      return [...tables.interlocking(project).bundles.values()]
        .filter(
          ({ requester }) => requester.definition === definition && fold(requester.stage) === fold(stage),
        )
        .filter(
          ({ finishTime, requests }) =>
            finishTime !== undefined && requests.some(({ token }) => token !== undefined),
        )
        .sort((a, b) => (b.finishTime ?? 0) - (a.finishTime ?? 0) || b.id - a.id)
        .slice(0, limit)
        .flatMap(holdOf);
    },
    async record(project, rows) {
      for (const { lock, bundle, at, p50, p90 } of rows) {
        const key = `${project}/${lock}/${bundle}`;
        if (!kept.has(key)) kept.set(key, { project, lock, bundle, at, p50, p90 });
      }
    },
    async past(project, lock, limit) {
      const { bundles } = tables.interlocking(project);
      return [...kept.values()]
        .filter((row) => row.project === project && row.lock === lock)
        .sort((a, b) => b.bundle - a.bundle)
        .slice(0, limit)
        .flatMap(({ project: _project, ...row }) => {
          const started = bundles.get(row.bundle)?.assignTime;
          return started === undefined ? [] : [{ ...row, started }];
        });
    },
  };
}
