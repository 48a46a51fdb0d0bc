import type { SpanEnd } from '@signalbox/model';

/** A span of which somebody asks or that a run holds, and what of the run is inside it (LOCK-65). */
export interface SpanView {
  /** It is over with the run, or once each of these stages is. */
  readonly until: SpanEnd;
  /** No further stage comes in; the lock is free when nobody is inside any more. */
  readonly over: boolean;
  /** The stages that are inside now, with the attempt if it is not the first. */
  readonly inside: readonly string[];
  /** Those that wait inside until another one is done, in the order in which they came. */
  readonly waiting: readonly string[];
}

/** How long a run holds a lock that it holds for several stages: `until its stage Verify is over`. */
export function spanEndText(until: SpanEnd): string {
  if (until === 'run') return 'until the run is over';
  const names = until.join(' and ');
  return until.length === 1 ? `until its stage ${names} is over` : `until its stages ${names} are over`;
}

/** What a lock that is held through a span says of it; the command line and the web show this one. */
export function spanNote(span: SpanView): string {
  const { until, over } = span;
  const held = over ? 'Its span is over: no further stage comes in.' : `Held ${spanEndText(until)}.`;
  return `${held} ${spanInsideText(span)}`;
}

/** Which stages of the run are inside its span, and which wait there: `Inside now: East. Waits inside: West.` */
export function spanInsideText({ inside, waiting }: SpanView): string {
  const now = inside.length === 0 ? 'No stage is inside now.' : `Inside now: ${inside.join(', ')}.`;
  return waiting.length === 0 ? now : `${now} Waits inside: ${waiting.join(', ')}.`;
}
