import type {
  Blocker,
  BlockingBundle,
  DefinitionId,
  Instant,
  LockId,
  RunId,
  SpanEnd,
} from '@signalbox/model';

/** What a sentence about a blocker needs to be readable; each answers something, a number if nothing better. */
export interface ReasonNames {
  lock(id: LockId): string;
  definition(id: DefinitionId): string;
  /** The run's number, for example `20260102.3`. */
  run(id: RunId): string;
  /** A time to the minute, readable, with its zone. */
  time(at: Instant): string;
}

/**
 * One sentence per blocker; REST, the command line and the web all show this one (QUEUEING §3).
 * It says who stands in the way and adds nothing that the blocker does not hold.
 */
export function reasonText(blocker: Blocker, names: ReasonNames): string {
  const lock = names.lock(blocker.lock);
  switch (blocker.kind) {
    case 'heldBy':
      return `${lock} is held by ${people(blocker.by, names)}.`;
    case 'behind':
      return `Behind ${people(blocker.by, names)} in the queue of ${lock}.`;
    case 'olderRunExpected':
      return `Waits for the older ${people(blocker.by, names)}, which may still reach ${lock}.`;
    case 'notGrantedTogether':
      return `All locks of the stage are granted together, and ${names.lock(blocker.waitsFor)} is not free.`;
    case 'checksPending':
      return `A check of ${lock} has to pass again.`;
    case 'quarantined':
      return `${lock} waits until nothing of ${people(blocker.by, names)} can act any more.`;
    case 'keptForFailure':
      return `${lock} is kept after a failure of ${people(blocker.by, names)}, until somebody acknowledges it.`;
    case 'frozen':
      return `${lock} is frozen by ${blocker.actor}${end(blocker.until, names)}: ${said(blocker.reason)}`;
    case 'onHold':
      return `Held back from ${lock} by ${blocker.actor}: ${said(blocker.reason)}`;
  }
}

/** The end of a freeze; nothing when somebody has to end it. */
function end(until: Instant | undefined, names: ReasonNames): string {
  return until === undefined ? '' : ` until ${names.time(until)}`;
}

/** A person's own words as the end of a sentence. */
function said(reason: string): string {
  return /[.!?…]$/u.test(reason) ? reason : `${reason}.`;
}

// Three names are enough to act on; a queue of thousands must not make a sentence of thousands.
const NAMED = 3;

function people(by: readonly BlockingBundle[], names: ReasonNames): string {
  const shown = by.slice(0, NAMED).map((one) => person(one, names));
  const more = by.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  const last = shown.pop();
  return shown.length === 0 ? (last ?? 'nobody') : `${shown.join(', ')} and ${last}`;
}

function person(one: BlockingBundle, names: ReasonNames): string {
  if (one.caller !== undefined) return `${one.caller} from outside (request ${one.stage})`;
  const attempt = one.attempt > 1 ? `, attempt ${one.attempt}` : '';
  const { until } = one;
  const end = until === undefined ? '' : ` ${spanText(until)}`;
  return `run ${names.run(one.run)} of ${names.definition(one.definition)} (${until === undefined ? '' : 'from '}stage ${one.stage}${attempt}${end})`;
}

/** How long a run holds a lock that it holds for several stages (LOCK-65). */
function spanText(until: SpanEnd): string {
  if (until === 'run') return 'until the run is over';
  const names = until.join(' and ');
  return until.length === 1 ? `until its stage ${names} is over` : `until its stages ${names} are over`;
}
