import { reasonText, type ReasonNames } from '@signalbox/api';
import { createInterlocking, type RunState } from '@signalbox/engine';
import {
  fold,
  type Blocker,
  type BlockingBundle,
  type BundleId,
  type DefinitionId,
  type Instant,
  type LockId,
  type NodeResult,
  type RunId,
} from '@signalbox/model';
import type { ProjectRow, Store } from '@signalbox/store';
import { wireTime } from '../shape/common.ts';

/** Answers why bundles wait, and names what the answers mention. One for each request: it sees one moment. */
export interface Explainer {
  /** The list that the grant decision looks at; nothing is computed anew (QUEUEING §3). */
  blockersOf(bundle: BundleId): Promise<readonly Blocker[]>;
  reasonsOf(blockers: readonly Blocker[]): Promise<readonly string[]>;
  /** The names that the sentences about these blockers need. */
  bookFor(blockers: readonly Blocker[]): Promise<ReasonNames>;
  names: NameBook;
}

/** Names by number, read once each. */
export interface NameBook {
  run(id: RunId): Promise<RunNames>;
}

/** What a list shows of a run. */
export interface RunNames {
  readonly number: string;
  readonly definition: string;
  readonly requestedFor: string;
  readonly planId: string;
  /** A stage as its plan writes it; as given, where the run is not there or has no such stage. */
  readonly stage: (name: string) => string;
  /** How an attempt of a stage ended; absent: it has not, or the run has no such attempt any more. */
  readonly result: (stage: string, attempt: number) => NodeResult | undefined;
}

// A decision follows chains of bundles a bounded number of times; so does its explanation.
const ROUNDS = 200;

/** The plan of a run that is not there. */
export const NO_PLAN = '00000000-0000-0000-0000-000000000000';

/** An explainer over the present state of a project, at an instant. */
export function createExplainer(store: Store, project: ProjectRow, now: Instant): Explainer {
  const copy = createInterlocking(project.id);
  const names = createNameBook(store);
  return {
    names,
    async blockersOf(bundle) {
      for (let round = 0; round < ROUNDS; round += 1) {
        const reading = copy.blockersOf(bundle, now);
        if (reading.kind === 'value') return asWritten(reading.value, names);
        copy.supply(await store.locks.answer(project.id, reading.needs));
      }
      throw new Error(`Why bundle ${bundle} waits could not be read in ${ROUNDS} rounds.`);
    },
    bookFor: (blockers) => namesIn(store, project, { blockers, names }),
    async reasonsOf(blockers) {
      const book = await namesIn(store, project, { blockers, names });
      return (await asWritten(blockers, names)).map((blocker) => reasonText(blocker, book));
    },
  };
}

function createNameBook(store: Store): NameBook {
  const runs = new Map<RunId, Promise<RunNames>>();
  const read = async (id: RunId): Promise<RunNames> => {
    const run = await store.runs.get(id);
    return {
      number: run?.number ?? String(id),
      definition: run?.definition.name ?? 'a deleted pipeline',
      requestedFor: run?.requestedFor ?? '',
      planId: run?.planId ?? NO_PLAN,
      stage: (name) => run?.stages.find((one) => fold(one.name) === fold(name))?.name ?? name,
      result: (stage, attempt) => resultOf(run, stage, attempt),
    };
  };
  return {
    run(id) {
      const known = runs.get(id) ?? read(id);
      runs.set(id, known);
      return known;
    },
  };
}

function resultOf(run: RunState | undefined, name: string, attempt: number): NodeResult | undefined {
  const attempts = run === undefined ? [] : [...run.stages, ...(run.earlier ?? [])];
  const found = attempts.find((one) => one.attempt === attempt && fold(one.name) === fold(name));
  return found?.phase === 'completed' ? found.result : undefined;
}

/** Of runs that are only expected, the queue knows folded names of stages: people read them as the plan has them. */
async function asWritten(blockers: readonly Blocker[], names: NameBook): Promise<readonly Blocker[]> {
  const written: Blocker[] = [];
  for (const blocker of blockers) {
    if (blocker.kind !== 'olderRunExpected') written.push(blocker);
    else
      written.push({
        ...blocker,
        by: await Promise.all(blocker.by.map((one) => stageAsWritten(one, names))),
      });
  }
  return written;
}

async function stageAsWritten(one: BlockingBundle, names: NameBook): Promise<BlockingBundle> {
  if (one.bundle !== 0) return one;
  const run = await names.run(one.run);
  return { ...one, stage: run.stage(one.stage) };
}

async function namesIn(
  store: Store,
  project: ProjectRow,
  { blockers, names }: { readonly blockers: readonly Blocker[]; readonly names: NameBook },
): Promise<ReasonNames> {
  const locks = new Map<LockId, string>();
  const runs = new Map<RunId, RunNames>();
  const definitions = new Map<DefinitionId, string>();
  for (const blocker of blockers) {
    for (const id of blocker.kind === 'notGrantedTogether'
      ? [blocker.lock, blocker.waitsFor]
      : [blocker.lock]) {
      if (!locks.has(id)) locks.set(id, (await store.locks.get(project.id, id))?.name ?? `lock ${id}`);
    }
    for (const { run, definition } of 'by' in blocker ? blocker.by : []) {
      const found = await names.run(run);
      runs.set(run, found);
      definitions.set(definition, found.definition);
    }
  }
  return {
    lock: (id) => locks.get(id) ?? `lock ${id}`,
    definition: (id) => definitions.get(id) ?? `pipeline ${id}`,
    run: (id) => runs.get(id)?.number ?? String(id),
    time: (at) => `${wireTime(at).slice(0, 16).replace('T', ' ')} UTC`,
  };
}
