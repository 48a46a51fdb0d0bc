import type {
  Blocker,
  BlockerKind,
  BlockingBundle,
  DefinitionId,
  Instant,
  LockId,
  RunId,
} from '@signalbox/model';
import { spanEndText } from './span-text.ts';

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
  const text = TEXTS[blocker.kind] as Text<Blocker>;
  return text(blocker, names.lock(blocker.lock), names);
}

type Text<B extends Blocker> = (blocker: B, lock: string, names: ReasonNames) => string;

const TEXTS: { readonly [K in BlockerKind]: Text<Extract<Blocker, { kind: K }>> } = {
  heldBy: ({ by }, lock, names) => `${lock} is held by ${people(by, names)}.`,
  behind: ({ by }, lock, names) => `Behind ${people(by, names)} in the queue of ${lock}.`,
  olderRunExpected: ({ by }, lock, names) =>
    `Waits for the older ${people(by, names)}, which may still reach ${lock}.`,
  notGrantedTogether: ({ waitsFor }, _lock, names) =>
    `All locks of the stage are granted together, and ${names.lock(waitsFor)} is not free.`,
  comparingCommits: ({ by }, lock, names) =>
    `Compares its commit with what ${people(by, names)} deployed behind ${lock}.`,
  checksPending: ({ until }, lock, names) =>
    until === undefined
      ? `A check of ${lock} has to pass again.`
      : `The checks of ${lock} count from ${names.time(until)} on.`,
  quarantined: ({ by, until }, lock, names) =>
    `${lock} waits until nothing of ${people(by, names)} can act any more${silentFrom(until, names)}.`,
  keptForFailure: ({ by }, lock, names) =>
    `${lock} is kept after a failure of ${people(by, names)}, until somebody acknowledges it.`,
  awaitingApproval: ({ by, when, approvers }, lock, names) =>
    `${lock} is held while ${people(by, names)} waits for approval${byWhom(approvers)} before it ${when === 'before' ? 'may begin' : 'is over'}.`,
  frozen: ({ actor, until, reason }, lock, names) =>
    `${lock} is frozen by ${actor}${end(until, names)}: ${said(reason)}`,
  onHold: ({ actor, reason }, lock) => `Held back from ${lock} by ${actor}: ${said(reason)}`,
};

/** The end of a freeze; nothing when somebody has to end it. */
function end(until: Instant | undefined, names: ReasonNames): string {
  return until === undefined ? '' : ` until ${names.time(until)}`;
}

/** Of a protected stage no clock says it: its agent or a person does (LAW-10). */
function silentFrom(until: Instant | undefined, names: ReasonNames): string {
  return until === undefined
    ? '; its agent, or an operator, says when'
    : `, at ${names.time(until)} at the latest`;
}

/** Those who may approve, as far as their number lets a sentence name them; nothing when nobody has said. */
function byWhom(approvers: readonly string[]): string {
  if (approvers.length === 0) return '';
  const more = approvers.length - NAMED;
  return ` by ${approvers.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
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
  const end = until === undefined ? '' : ` ${spanEndText(until)}`;
  return `run ${names.run(one.run)} of ${names.definition(one.definition)} (${until === undefined ? '' : 'from '}stage ${one.stage}${attempt}${end})`;
}
