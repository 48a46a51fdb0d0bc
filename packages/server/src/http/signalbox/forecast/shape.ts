import type { FateView, HoldsView, StageRef } from '@signalbox/api';
import type { Fate, StageHolds } from '@signalbox/engine';
import type { Blocker, DefinitionId, RunId } from '@signalbox/model';
import { wireTime } from '../../shape/common.ts';
import type { Explainer, NameBook } from '../explain.ts';

/** A stage attempt with the names of its run and pipeline. */
export async function stageRef(
  names: NameBook,
  of: {
    readonly run: RunId;
    readonly definition: DefinitionId;
    readonly stage: string;
    readonly attempt: number;
    /** Somebody from outside, who stands where a run would. */
    readonly caller?: string | { readonly name: string };
  },
): Promise<StageRef> {
  const { caller } = of;
  const outside = typeof caller === 'object' ? caller.name : caller;
  const run = outside === undefined ? await names.run(of.run) : { number: of.stage, definition: outside };
  return {
    runId: of.run,
    runNumber: run.number,
    definitionId: of.definition,
    definitionName: run.definition,
    stage: of.stage,
    attempt: of.attempt,
  };
}

/** A fate in words and times of the wire; blockers become sentences. */
export async function fateView(explain: Explainer, fate: Fate): Promise<FateView> {
  switch (fate.kind) {
    case 'starts':
    case 'timesOut':
    case 'ends':
      return { kind: fate.kind, at: wireTime(fate.at) };
    case 'superseded':
      return { kind: 'superseded', at: wireTime(fate.at), byRunId: fate.by };
    case 'unknown':
      return { kind: 'unknown', because: await explain.reasonsOf(shortest(fate.because)) };
  }
}

// Who is behind somebody is so at every lock alike: what is at the end of it says more.
function shortest(because: readonly Blocker[]): readonly Blocker[] {
  const others = because.filter(({ kind }) => kind !== 'behind' && kind !== 'notGrantedTogether');
  return others.length > 0 ? others : because.slice(0, 1);
}

/** Past holds with the name of their pipeline. */
export function holdsView(definitionName: string, holds: StageHolds): HoldsView {
  const { definition: definitionId, stage, count, p50, p90 } = holds;
  return { definitionId, definitionName, stage, count, p50Seconds: p50 / 1000, p90Seconds: p90 / 1000 };
}
