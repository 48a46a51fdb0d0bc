import {
  take,
  type BundleRow,
  type DeployedRow,
  type HeaderRow,
  type InterlockingAnswer,
  type InterlockingChange,
  type InterlockingNeed,
  type LockRow,
  type RequestRow,
} from '@signalbox/engine';
import { fold, type BundleId, type LockId, type LockRequestStatus, type RunId } from '@signalbox/model';
import { requestState } from '../request-state.ts';
import { ExpectedRows } from './expected.ts';
import { LockLine } from './lock-line.ts';

/** The interlocking of one project in memory, with an index for each need as the databases have. */
export class InterlockingRows {
  header: HeaderRow | undefined;
  readonly locks: Map<LockId, LockRow> = new Map<LockId, LockRow>();
  readonly bundles: Map<BundleId, BundleRow> = new Map<BundleId, BundleRow>();
  readonly expected: ExpectedRows = new ExpectedRows();
  /** By lock and definition. */
  readonly #deployed = new Map<string, DeployedRow>();
  readonly #byResource = new Map<string, LockId>();
  readonly #lines = new Map<LockId, LockLine>();
  readonly #byRun = new Map<RunId, BundleId[]>();

  line(lock: LockId): LockLine {
    const known = this.#lines.get(lock);
    if (known !== undefined) return known;
    const line = new LockLine();
    this.#lines.set(lock, line);
    return line;
  }

  ofRun(run: RunId): readonly BundleRow[] {
    return this.#all([...(this.#byRun.get(run) ?? [])].sort((a, b) => a - b));
  }

  lockOf(resource: LockRow['resource']): LockRow | undefined {
    const id = this.#byResource.get(JSON.stringify([resource.type, resource.id]));
    return id === undefined ? undefined : this.locks.get(id);
  }

  answer(need: InterlockingNeed): InterlockingAnswer {
    if (need.need === 'header') {
      return this.header === undefined ? { of: need } : { of: need, header: this.header };
    }
    if (need.need === 'lockOf') return { of: need, locks: some(this.lockOf(need.resource)) };
    if (need.need === 'lock') return { of: need, locks: some(this.locks.get(need.id)) };
    if (need.need === 'deployed') {
      return { of: need, deployed: some(this.#deployed.get(`${need.lock}:${need.definition}`)) };
    }
    if (need.need === 'expected') return { of: need, expected: this.expected.ahead(need) };
    if (need.need === 'lapsed') return { of: need, expected: this.expected.lapsed(need) };
    if (need.need === 'awaitedAt') {
      return { of: need, expected: this.expected.awaitedAt(need.resource) };
    }
    if (need.need === 'expectedOf') return { of: need, expected: this.expected.ofRun(need.run) };
    return { of: need, bundles: this.#bundlesFor(need) };
  }

  /** Throws before anything is changed when the rows would break a constraint of the databases. */
  check(changes: readonly InterlockingChange[]): void {
    const changed = changes.flatMap((change) => (change.table === 'bundle' ? [change.row] : []));
    const ids = new Set(changed.map((row) => row.id));
    for (const row of changed) this.#checkRequester(row);
    const taken = new Set<string>();
    for (const row of changed.filter((one) => requestState(one) === 'inUse')) {
      for (const request of row.requests) this.#checkSlot(request, { ids, taken });
    }
  }

  apply(change: InterlockingChange): void {
    switch (change.table) {
      case 'header':
        this.header = change.row;
        break;
      case 'lock':
        this.#saveLock(change.row);
        break;
      case 'bundle':
        this.#saveBundle(change.row);
        break;
      case 'deployed':
        this.#deployed.set(`${change.row.lock}:${change.row.definition}`, change.row);
        break;
      case 'expected':
        this.expected.save(change.key, change.row);
        break;
    }
  }

  #bundlesFor(need: BundleNeed): readonly BundleRow[] {
    switch (need.need) {
      case 'bundle':
        return some(this.bundles.get(need.id));
      case 'bundleOf':
        return this.ofRun(need.run).filter(
          ({ requester }) => fold(requester.stage) === need.stage && requester.attempt === need.attempt,
        );
      case 'openOf':
        return this.ofRun(need.run).filter(({ status }) => OPEN.has(status));
      case 'front':
        return this.#all(take(this.line(need.lock).eligibleAfter(need.after), need.count));
      case 'holders':
        return this.#all(this.line(need.lock).holders());
      case 'turned':
        return this.#all(this.line(need.lock).turnedAfter(need.after));
      case 'group':
        return this.#all(this.line(need.lock).group(need.definition, need.branch));
      case 'awaiting':
        return this.#all(this.line(need.lock).awaiting(need.definition, need.branch));
      case 'barred':
        return this.#all(take(this.line(need.lock).barredAfter(need), need.count));
      case 'waiting':
        return this.#all(this.line(need.lock).waitingAfter([-1, -1]));
    }
  }

  #all(ids: Iterable<BundleId>): readonly BundleRow[] {
    return [...ids].flatMap((id) => some(this.bundles.get(id)));
  }

  #saveLock(row: LockRow): void {
    this.locks.set(row.id, row);
    this.#byResource.set(JSON.stringify([row.resource.type, row.resource.id]), row.id);
  }

  #saveBundle(row: BundleRow): void {
    const before = this.bundles.get(row.id);
    if (before === undefined) {
      const { run } = row.requester;
      this.#byRun.set(run, [...(this.#byRun.get(run) ?? []), row.id]);
    }
    this.bundles.set(row.id, row);
    for (const request of row.requests) {
      if (before !== undefined) this.line(request.lock).remove(before, request.lock);
      this.line(request.lock).add(row, request);
    }
  }

  #checkRequester(row: BundleRow): void {
    const { run, stage, attempt } = row.requester;
    const twin = this.ofRun(run).find(
      ({ id, requester }) =>
        id !== row.id && fold(requester.stage) === fold(stage) && requester.attempt === attempt,
    );
    if (twin !== undefined) throw new Error(`bundle ${twin.id} is of the same stage attempt as ${row.id}`);
  }

  #checkSlot(
    request: RequestRow,
    { ids, taken }: { readonly ids: ReadonlySet<BundleId>; readonly taken: Set<string> },
  ): void {
    const { lock, slot, token } = request;
    if (slot === undefined || token === undefined) throw new Error(`a holder of lock ${lock} has no slot`);
    const key = `${lock}:${slot}`;
    const holder = this.line(lock).holderOf(slot);
    if (taken.has(key) || (holder !== undefined && !ids.has(holder))) {
      throw new Error(`slot ${slot} of lock ${lock} is held already`);
    }
    taken.add(key);
  }
}

const OPEN: ReadonlySet<LockRequestStatus> = new Set(['expected', 'queued', 'waitingOnChecks', 'inUse']);

type BundleNeed = Exclude<
  InterlockingNeed,
  { need: 'header' | 'lockOf' | 'lock' | 'deployed' | 'expected' | 'lapsed' | 'awaitedAt' | 'expectedOf' }
>;

function some<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}
