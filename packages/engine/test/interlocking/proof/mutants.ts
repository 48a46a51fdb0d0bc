/** One way to break the engine: an exact piece of one of its files, and what stands there instead. */
export interface Mutant {
  readonly what: string;
  /** Below `packages/engine/src/interlocking`. */
  readonly file: string;
  /** Occurs exactly once in the file, or the test fails. */
  readonly snippet: string;
  readonly replacement: string;
  /** The laws that catch it, whichever a history breaks first; absent: only the reference does. */
  readonly laws?: readonly string[];
}

/** Mistakes that somebody might make. Each must be caught. */
export const MUTANTS: readonly Mutant[] = [
  {
    what: 'the capacity is off by one',
    file: 'blockers.ts',
    snippet: 'return lock.policy.capacity - holders.length;',
    replacement: 'return lock.policy.capacity - holders.length + 1;',
    laws: ['LAW-1'],
  },
  {
    what: 'nobody looks who stands ahead',
    file: 'blockers.ts',
    snippet: 'if (ahead !== undefined && isBehind(at, ahead, free)) {',
    replacement: 'if (ahead !== undefined && isBehind(at, [], free)) {',
    laws: ['INV-10', 'LAW-2'],
  },
  {
    what: 'the time limit of a waiter ends its hold, too',
    file: 'end.ts',
    snippet: 'if (bundle && isWaiting(bundle) && isPastLimit(d, bundle)) timeOut(d, bundle);',
    replacement: 'if (bundle && isPastLimit(d, bundle)) timeOut(d, bundle);',
    laws: ['LOCK-23', 'LAW-3'],
  },
  {
    what: 'sequential ones are superseded',
    file: 'behavior.ts',
    snippet: "if (behavior !== 'runLatest' && behavior !== 'branchRunLatest') return undefined;",
    replacement: "if (behavior === 'parallel') return undefined;",
    laws: ['LAW-6'],
  },
  {
    what: 'the oldest survives, not the latest',
    file: 'supersede.ts',
    snippet: 'compareNewestFirst(a.bundle, b.bundle)',
    replacement: 'compareNewestFirst(b.bundle, a.bundle)',
    laws: ['LAW-6'],
  },
  {
    what: 'a run supersedes itself',
    file: 'supersede.ts',
    snippet: 'if (by === undefined || by.requester.run === bundle.requester.run) continue;',
    replacement: 'if (by === undefined) continue;',
    laws: ['LAW-6'],
  },
  {
    what: 'a bundle gets a part of its locks',
    file: 'grant.ts',
    snippet: 'const requests = locks.map((lock) => ({',
    replacement: 'const requests = locks.slice(0, 1).map((lock) => ({',
    laws: ['LAW-9'],
  },
  {
    what: 'a token is given twice',
    file: 'grant.ts',
    snippet: 'token: lock.lastToken + 1,',
    replacement: 'token: Math.max(1, lock.lastToken),',
    laws: ['INV-02'],
  },
  {
    what: 'older runs that are expected hold nobody back',
    file: 'barriers.ts',
    snippet: 'const first = expectedAhead(read, requester, lock);',
    replacement: 'const first = undefined;',
    laws: ['LAW-7'],
  },
  {
    what: 'whoever stands before a gate passes it, barred or not',
    file: 'gate.ts',
    snippet: 'if (!standing.barred) makeEligible(',
    replacement: 'makeEligible(',
    laws: ['LAW-7'],
  },
  {
    what: 'a freeze is ignored',
    file: 'barriers.ts',
    snippet: 'if (isFrozenFor(lock, waiter)) yield* frozen(lock);',
    replacement: '',
  },
  {
    what: 'nobody is looked for when a slot or a place comes free',
    file: 'end.ts',
    snippet: 'd.touch(bundle, { supersede: wasHolder });',
    replacement: '',
    laws: ['LAW-2'],
  },
  {
    what: 'the queue is in the order of numbers',
    file: 'order.ts',
    snippet: 'return comparePlaces(placeOf(a), placeOf(b));',
    replacement: 'return a.id - b.id;',
    laws: ['LAW-2'],
  },
];
