import type { RunState } from '@signalbox/engine';
import { fold, type Instant } from '@signalbox/model';
import { decodePlace, pageLimit, pageOf } from '../cursor.ts';
import type { RunFilter, RunRemoval, Runs } from '../port/runs.ts';
import { compareRuns, NOT_YET, orderTime, RUN_ORDERS, type OrderKey } from '../run-order.ts';
import { byText, missing } from './rows.ts';
import { isKept } from './run-leases.ts';
import type { Tables } from './tables.ts';

/** Runs in memory; a list looks at every run. */
export function runs(tables: Tables, clock: () => Instant): Runs {
  const tagsOf = new Map<number, Map<string, string>>();
  const tags = (run: number): readonly string[] =>
    byText([...(tagsOf.get(run) ?? [])], ([folded]) => folded).map(([, name]) => name);
  return {
    get: async (id) => tables.runs.get(id),
    plan: async (id) => tables.plans.get(id),
    async list(project, filter = {}) {
      const order = RUN_ORDERS[filter.order ?? 'queueTimeDescending'];
      const behind = placeBehind(filter);
      const found = [...tables.runs.values()]
        .filter((run) => run.project === project && fits(run, filter))
        .filter((run) => isWanted(tables.removals.has(run.id), filter.removed))
        .filter((run) => inTime(run, filter, { order, behind }))
        .filter((run) => (filter.tags ?? []).every((tag) => tagsOf.get(run.id)?.has(fold(tag))))
        .sort((a, b) => compareRuns(a, b, order));
      const kept = firstOfEach(found, filter.maxPerDefinition);
      const page = pageOf(kept, pageLimit(filter), {
        item: (run) => run,
        place: (run) => [order.column, orderTime(run, order.column), run.id],
      });
      return filter.maxPerDefinition === undefined ? page : { items: page.items };
    },
    tags: async (run) => tags(run),
    async addTags(run, added) {
      if (!tables.runs.has(run)) throw missing(`run ${run}`);
      const known = tagsOf.get(run) ?? new Map<string, string>();
      for (const name of added) if (!known.has(fold(name))) known.set(fold(name), name);
      tagsOf.set(run, known);
      return tags(run);
    },
    async removeTag(run, tag) {
      tagsOf.get(run)?.delete(fold(tag));
      return tags(run);
    },
    tagsOfProject: async (project) => tagsOfProject(tables, project, tagsOf),
    async forgetTag(project, tag) {
      for (const [run, known] of tagsOf) {
        if (tables.runs.get(run)?.project === project) known.delete(fold(tag));
      }
    },
    remove: async (id, by) => removeRun(tables, id, { by, at: clock() }),
    removal: async (id) => tables.removals.get(id),
  };
}

function tagsOfProject(
  tables: Tables,
  project: number,
  tagsOf: ReadonlyMap<number, ReadonlyMap<string, string>>,
): readonly string[] {
  const found = new Map<string, string>();
  for (const [run, known] of tagsOf) {
    if (tables.runs.get(run)?.project !== project) continue;
    for (const [folded, name] of known) {
      const other = found.get(folded);
      if (other === undefined || name < other) found.set(folded, name);
    }
  }
  return byText([...found], ([folded]) => folded).map(([, name]) => name);
}

async function removeRun(
  tables: Tables,
  id: number,
  removal: RunRemoval,
): Promise<'removed' | 'kept' | 'unfinished' | 'absent'> {
  const run = tables.runs.get(id);
  if (run === undefined || tables.removals.has(id)) return 'absent';
  if (run.status !== 'completed') return 'unfinished';
  if (isKept(tables, id, removal.at)) return 'kept';
  tables.removals.set(id, removal);
  for (const forget of tables.whenRemoved) await forget(id);
  return 'removed';
}

function isWanted(isRemoved: boolean, wanted: RunFilter['removed'] = 'without'): boolean {
  return wanted === 'with' || isRemoved === (wanted === 'only');
}

function fits(run: RunState, filter: RunFilter): boolean {
  const requester = filter.requestedFor ?? run.requestedFor;
  return (
    isOneOf(run.definition.id, filter.definitions) &&
    isOneOf(run.status, filter.statuses) &&
    isOneOf(run.result, filter.results) &&
    isOneOf(run.reason, filter.reasons) &&
    isOneOf(run.id, filter.ids) &&
    run.branch === (filter.branch ?? run.branch) &&
    fold(run.requestedFor) === fold(requester) &&
    hasNumber(run, filter.number)
  );
}

function isOneOf<T>(value: T | undefined, wanted: readonly T[] | undefined): boolean {
  return wanted === undefined || (value !== undefined && wanted.includes(value));
}

function hasNumber(run: RunState, wanted: string | undefined): boolean {
  if (wanted === undefined) return true;
  const number = fold(run.number);
  return wanted.endsWith('*') ? number.startsWith(fold(wanted.slice(0, -1))) : number === fold(wanted);
}

type Behind = { readonly time: number; readonly id: number } | undefined;

function placeBehind({ after, maxPerDefinition }: RunFilter): Behind {
  if (after === undefined || maxPerDefinition !== undefined) return undefined;
  const [, time, id] = decodePlace(after, ['string', 'number', 'number']);
  return { time: Number(time), id: Number(id) };
}

function inTime(
  run: RunState,
  { minTime, maxTime }: RunFilter,
  { order, behind }: { readonly order: OrderKey; readonly behind: Behind },
): boolean {
  const time = orderTime(run, order.column);
  if ((minTime !== undefined || maxTime !== undefined) && time === NOT_YET) return false;
  if (time < (minTime ?? -Infinity) || time > (maxTime ?? Infinity)) return false;
  if (behind === undefined) return true;
  const ahead = time - behind.time || run.id - behind.id;
  return order.direction === 'asc' ? ahead > 0 : ahead < 0;
}

function firstOfEach(runs: readonly RunState[], count: number | undefined): readonly RunState[] {
  if (count === undefined) return runs;
  const seen = new Map<number, number>();
  return runs.filter(({ definition }) => {
    const before = seen.get(definition.id) ?? 0;
    seen.set(definition.id, before + 1);
    return before < count;
  });
}
