import {
  chainFrom,
  waitsOf,
  type Chain,
  type JobRequestRow,
  type WaitFacts,
  type Waits,
} from '@signalbox/engine';
import type { PoolId, RunId } from '@signalbox/model';
import type { ProjectRow, Store } from '@signalbox/store';
import type { ReadMoment } from './read-moment.ts';

/** Runs whose stages and jobs an answer looks into; a chain that needs more ends at the run it does not know. */
const MAX_RUNS = 50;

/** Job requests of a pool that an answer looks at. */
const MAX_JOBS = 200;

/** All waits that chains from some nodes lead to, and how to follow them. */
export interface ReadWaits extends Waits {
  readonly chain: (start: string) => Chain;
}

/** Reads the runs and pools to which the waits of a moment lead, beginning with one run. */
export async function readWaits(
  store: Store,
  project: ProjectRow,
  { moment, run }: { readonly moment: ReadMoment; readonly run: RunId },
): Promise<ReadWaits> {
  const runs = new Map<RunId, KnownRun>();
  const seen = new Set<RunId>();
  const jobs = new Map<PoolId, readonly JobRequestRow[]>();
  for (let wanted = [run]; wanted.length > 0 && seen.size < MAX_RUNS;) {
    for (const id of wanted.slice(0, MAX_RUNS - seen.size)) {
      seen.add(id);
      const state = await store.runs.get(id);
      const plan = await store.runs.plan(id);
      if (state?.project === project.id && plan !== undefined) runs.set(id, { state, plan });
    }
    wanted = [...namedRuns(waitsOf(moment, { runs, pools: jobs }))].filter((id) => !seen.has(id));
  }
  for (const node of waitsOf(moment, { runs, pools: jobs }).nodes.values()) {
    if (node.kind !== 'pool' || jobs.has(node.pool)) continue;
    jobs.set(node.pool, (await store.poolWork.requests(node.pool, { limit: MAX_JOBS })).items);
  }
  const waits = waitsOf(moment, { runs, pools: jobs });
  return { ...waits, chain: (start) => chainFrom(waits.graph, start) };
}

type KnownRun = WaitFacts['runs'] extends ReadonlyMap<RunId, infer R> ? R : never;

function namedRuns({ nodes }: Waits): ReadonlySet<RunId> {
  return new Set([...nodes.values()].flatMap((node) => (node.kind === 'stage' ? [node.run] : [])));
}
