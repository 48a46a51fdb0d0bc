import { reasonText, type ReasonNames } from '@signalbox/api';
import { createInterlocking } from '@signalbox/engine';
import type { Blocker, BundleId, DefinitionId, Instant, LockId, RunId } from '@signalbox/model';
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
        if (reading.kind === 'value') return reading.value;
        copy.supply(await store.locks.answer(project.id, reading.needs));
      }
      throw new Error(`Why bundle ${bundle} waits could not be read in ${ROUNDS} rounds.`);
    },
    bookFor: (blockers) => namesIn(store, project, { blockers, names }),
    async reasonsOf(blockers) {
      const book = await namesIn(store, project, { blockers, names });
      return blockers.map((blocker) => reasonText(blocker, book));
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
