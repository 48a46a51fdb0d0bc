import { fold, type BundleId, type LockId, type RunId } from '@signalbox/model';
import { absence } from '../keys.ts';
import type { InterlockingNeed } from '../needs.ts';
import { LATEST, runPlaceOf, type Place } from '../order.ts';
import type {
  BundleRow,
  DeployedRow,
  ExpectedRow,
  HeaderRow,
  LockRow,
  Requester,
  ResourceKey,
} from '../rows.ts';
import type { Slice } from './slice.ts';

/** How many waiters are asked for beyond those that a decision needs, so that a batch needs few loads. */
const AHEAD = 16;

/**
 * Reads the slice for decisions. A read answers `undefined` when the slice cannot say, and notes the need;
 * `null` means that there is no such row. Reading goes on after a need was noted, so that one round trip
 * answers as many as possible; nothing decided by then counts.
 */
export class Reader {
  readonly #slice: Slice;
  #needs: Map<string, InterlockingNeed> = new Map();

  constructor(slice: Slice) {
    this.#slice = slice;
  }

  /** Something that was asked for is not in the slice. */
  get lacks(): boolean {
    return this.#needs.size > 0;
  }

  /** What was asked for in vain since the last call. */
  takeNeeds(): readonly InterlockingNeed[] {
    const needs = [...this.#needs.values()];
    this.#needs = new Map();
    return needs;
  }

  header(): HeaderRow | undefined {
    return this.#slice.headerKnown ? this.#slice.getHeader() : this.#lack({ need: 'header' });
  }

  /** Never asked in vain for the lock of a request; undefined without a need: there is no such lock. */
  lock(id: LockId): LockRow | undefined {
    return this.#slice.getLock(id) ?? this.#absentOr(absence.lock(id), { need: 'lock', id }) ?? undefined;
  }

  lockOf(resource: ResourceKey): LockRow | null | undefined {
    const { type, id } = resource;
    return (
      this.#slice.getLockOf(resource) ??
      this.#absentOr(absence.lockOf(resource), { need: 'lockOf', resource: { type, id } })
    );
  }

  bundle(id: BundleId): BundleRow | null | undefined {
    return this.#slice.getBundle(id) ?? this.#absentOr(absence.bundle(id), { need: 'bundle', id });
  }

  bundleOf(run: RunId, stage: string, attempt: number): BundleRow | null | undefined {
    const need = { need: 'bundleOf', run, stage: fold(stage), attempt } as const;
    return (
      this.#slice.getBundleOf(run, stage, attempt) ??
      this.#absentOr(absence.bundleOf(run, stage, attempt), need)
    );
  }

  /** Every bundle of a run that expects, waits or holds. */
  openOf(run: RunId): readonly BundleRow[] | undefined {
    return this.#slice.openOf(run) ?? this.#lack({ need: 'openOf', run });
  }

  /** What the pipeline last deployed behind the lock; null: nothing that is known. */
  deployed(lock: LockId, definition: number): DeployedRow | null | undefined {
    return (
      this.#slice.getDeployed(lock, definition) ??
      this.#absentOr(absence.deployed(lock, definition), { need: 'deployed', lock, definition })
    );
  }

  holders(lock: LockId): readonly BundleRow[] | undefined {
    return this.#slice.index(lock).holders() ?? this.#lack({ need: 'holders', lock });
  }

  /** The first eligible waiters, at most `limit`, of those before the place. */
  first(lock: LockId, limit: number, below: Place = LATEST): readonly BundleRow[] | undefined {
    const index = this.#slice.index(lock);
    const found = index.first(limit, below);
    if (found !== undefined) return found;
    const count = limit - index.knownLength() + AHEAD;
    return this.#lack({ need: 'front', lock, after: index.queueKnown.through, count });
  }

  turned(lock: LockId, after: number): readonly BundleRow[] | undefined {
    return this.#slice.index(lock).turned(after) ?? this.#lack({ need: 'turned', lock, after });
  }

  group(lock: LockId, definition: number, branch: string | undefined): readonly BundleRow[] | undefined {
    const need = { need: 'group', lock, definition, ...(branch !== undefined && { branch }) } as const;
    return this.#slice.index(lock).group(definition, branch) ?? this.#lack(need);
  }

  /** Those of the group that have not asked because they await their approval. */
  awaiting(lock: LockId, definition: number, branch: string | undefined): readonly BundleRow[] | undefined {
    const need = { need: 'awaiting', lock, definition, ...(branch !== undefined && { branch }) } as const;
    return this.#slice.index(lock).awaiting(definition, branch) ?? this.#lack(need);
  }

  /** The first waiters of the stage, in any letter case, that an older run keeps from their turn; oldest run first. */
  barred(
    lock: LockId,
    { definition, stage: name }: Pick<Requester, 'definition' | 'stage'>,
    below: Place,
    limit: number,
  ): readonly BundleRow[] | undefined {
    const stage = fold(name);
    const index = this.#slice.index(lock);
    const found = index.barred({ definition, stage }, below, limit);
    if (found !== undefined) return found;
    // As many again as there are, those that bar nobody included, so that the whole is read in few steps.
    const count = Math.max(AHEAD, index.barredLength(definition, stage) + index.asideLength);
    const after = index.barredKnown(definition, stage).through;
    return this.#lack({ need: 'barred', lock, definition, stage, after, count });
  }

  waiting(lock: LockId): readonly BundleRow[] | undefined {
    return this.#slice.index(lock).waiting() ?? this.#lack({ need: 'waiting', lock });
  }

  /** The oldest run that may still reach the resource with this stage, in any letter case. */
  firstExpected(resource: ResourceKey, definition: number, name: string): ExpectedRow | null | undefined {
    const stage = fold(name);
    const found = this.#slice.expected.first(resource, definition, stage);
    if (found !== undefined) return found;
    const after = this.#slice.expected.expectation(resource, definition, stage).known.through;
    const { type, id } = resource;
    const need = { need: 'expected', definition, stage, after, count: AHEAD } as const;
    return this.#lack({ ...need, resource: { type, id } });
  }

  /** Every run below the place for which younger ones wait, oldest first. */
  expectedBelow(
    { resource, definition, stage: name }: Pick<ExpectedRow, 'resource' | 'definition' | 'stage'>,
    below: Place,
  ): readonly ExpectedRow[] | undefined {
    const stage = fold(name);
    const found = this.#slice.expected.below({ resource, definition, stage }, below);
    if (found !== undefined) return found;
    const after = this.#slice.expected.expectation(resource, definition, stage).known.through;
    const { type, id } = resource;
    return this.#lack({ need: 'expected', resource: { type, id }, definition, stage, after, count: AHEAD });
  }

  /** Older runs that wait for a person and whose time to hold others back is over. */
  lapsed(resource: ResourceKey, requester: Requester): readonly ExpectedRow[] | undefined {
    const { definition } = requester;
    const stage = fold(requester.stage);
    const before = runPlaceOf(requester);
    const found = this.#slice.expected.lapsed({ resource, definition, stage }, before);
    if (found !== undefined) return found;
    const { type, id } = resource;
    return this.#lack({ need: 'lapsed', resource: { type, id }, definition, stage, before });
  }

  /** Every row of the resource for which a person is awaited and that has not lapsed. */
  awaitedAt({ type, id }: ResourceKey): readonly ExpectedRow[] | undefined {
    const resource = { type, id };
    return this.#slice.expected.awaited(resource) ?? this.#lack({ need: 'awaitedAt', resource });
  }

  expectedOf(run: RunId): readonly ExpectedRow[] | undefined {
    return this.#slice.expected.ofRun(run) ?? this.#lack({ need: 'expectedOf', run });
  }

  #absentOr(key: string, need: InterlockingNeed): null | undefined {
    return this.#slice.whole || this.#slice.absent.has(key) ? null : this.#lack(need);
  }

  #lack(need: InterlockingNeed): undefined {
    this.#needs.set(JSON.stringify(need), need);
    return undefined;
  }
}
