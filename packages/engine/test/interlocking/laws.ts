import type { BundleRow, LockRow } from '@signalbox/engine';
import type { Project } from './project.ts';

/** The laws of the queue that can be read off the rows and the journal at any instant; a law per sentence. */
export function brokenLaws(project: Project): readonly string[] {
  return [
    ...[...project.rows.locks.values()].flatMap((lock) => brokenAt(project, lock)),
    ...lostWakeUps(project),
    ...brokenTokens(project),
    ...brokenEnds(project),
  ];
}

function brokenAt(project: Project, lock: LockRow): readonly string[] {
  const holders = [...project.rows.bundles.values()].filter(
    (bundle) => bundle.status === 'inUse' && bundle.requests.some((request) => request.lock === lock.id),
  );
  const slots = holders.map((bundle) => bundle.requests.find((request) => request.lock === lock.id)?.slot);
  const kinds = new Set(holders.map((bundle) => (bundle.behavior ?? lock.policy.behavior) === 'parallel'));
  const broken: string[] = [];
  if (new Set(slots).size !== slots.length) broken.push(`two holders of ${lock.name} have one slot`);
  if (slots.some((slot) => slot === undefined || slot < 1))
    broken.push(`a holder of ${lock.name} has no slot`);
  if (kinds.size > 1 && holders.every((bundle) => bundle.behavior !== undefined)) {
    broken.push(`LOCK-64: parallel and other holders share ${lock.name}`);
  }
  return broken;
}

/** LAW-2 and LAW-14: whoever waits has a reason, and following the reasons ends somewhere. */
function lostWakeUps(project: Project): readonly string[] {
  const waiting = [...project.rows.bundles.values()].filter(({ status }) => status === 'queued');
  const reasons = new Map(waiting.map((bundle) => [bundle.id, project.blockersOf(bundle.id)]));
  const broken: string[] = [];
  for (const [id, blockers] of reasons) {
    if (blockers.length === 0) broken.push(`LAW-2: bundle ${id} waits for nothing`);
    const seen = new Set<number>();
    let open = [id];
    while (open.length > 0) {
      const next = open.flatMap((one) =>
        (reasons.get(one) ?? []).flatMap((blocker) =>
          blocker.kind === 'behind' || blocker.kind === 'olderRunExpected'
            ? blocker.by.map(({ bundle }) => bundle)
            : [],
        ),
      );
      if (next.includes(id)) broken.push(`LAW-14: bundle ${id} waits for itself`);
      open = [...new Set(next)].filter((one) => !seen.has(one));
      open.forEach((one) => seen.add(one));
    }
  }
  return broken;
}

/** LAW-1, INV-02, LAW-9: every grant takes the next token of each of its locks, all at one instant. */
function brokenTokens(project: Project): readonly string[] {
  const last = new Map<number, number>();
  const broken: string[] = [];
  for (const event of project.journal) {
    if (event.type !== 'BundleGranted') continue;
    const bundle = project.rows.getBundle(event.bundle);
    const locks = bundle?.requests.map(({ lock }) => lock);
    if (JSON.stringify(event.requests.map(({ lock }) => lock)) !== JSON.stringify(locks)) {
      broken.push(`LAW-9: bundle ${event.bundle} was not granted whole`);
    }
    for (const { lock, token } of event.requests) {
      if (token !== (last.get(lock) ?? 0) + 1) broken.push(`INV-02: token ${token} of lock ${lock}`);
      last.set(lock, token);
    }
  }
  return broken;
}

/** LAW-3: every bundle ends once; LAW-6: a superseded one by a newer one of another run of its pipeline. */
function brokenEnds(project: Project): readonly string[] {
  const ended = new Set<number>();
  const broken: string[] = [];
  for (const event of project.journal) {
    const ends =
      event.type === 'BundleSuperseded' ||
      event.type === 'BundleTimedOut' ||
      event.type === 'BundleFinished' ||
      event.type === 'BundleCanceled';
    if (ends || event.type === 'BundleGranted') {
      if (ended.has(event.bundle)) broken.push(`LAW-3: ${event.type} after the end of ${event.bundle}`);
    }
    if (ends) ended.add(event.bundle);
    if (event.type === 'BundleSuperseded') {
      const [old, by] = [project.rows.getBundle(event.bundle), project.rows.getBundle(event.by)];
      if (!old || !by || !maySupersede(old, by))
        broken.push(`LAW-6: ${event.bundle} superseded by ${event.by}`);
    }
  }
  return broken;
}

function maySupersede(old: BundleRow, by: BundleRow): boolean {
  const [a, b] = [old.requester, by.requester];
  const newer = by.rank > old.rank || (by.rank === old.rank && b.run > a.run);
  return a.run !== b.run && a.definition === b.definition && newer && old.assignTime === undefined;
}
