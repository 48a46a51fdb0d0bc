import type { CheckFacts, CheckKind } from './kind.ts';

/** What a static check found when it was evaluated: once, as its category begins. */
export interface StaticProgress {
  readonly kind: 'branchControl' | 'requiredTemplate' | 'evaluateArtifact';
  /** Why it does not pass, as a sentence without a stop; absent: it passes. */
  readonly problem?: string;
}

/** What one static check has of its own. */
export interface StaticCheck<S> {
  readonly kind: StaticProgress['kind'];
  /** How people call it. */
  readonly name: (settings: S) => string;
  /** Why it does not pass, as a sentence without a stop; undefined: it passes. */
  readonly problemOf: (settings: S, facts: CheckFacts) => string | undefined;
}

/**
 * A static check: what is known of the run before it runs decides it, at once and for good; a stage that it does not
 * let pass fails (CHK-30, CHK-33). Nobody can bypass one (CHK-50).
 */
export function staticKind<S>({
  kind,
  name,
  problemOf,
}: StaticCheck<S>): CheckKind<S, StaticProgress, never> {
  return {
    name,
    awaitsPerson: false,
    operations: [],
    category: () => 'static',
    start(settings, _at, facts) {
      const problem = problemOf(settings, facts);
      return { kind, ...(problem !== undefined && { problem }) };
    },
    pass: ({ progress }) => progress,
    verdict: ({ progress: { problem } }) => (problem === undefined ? 'approved' : 'rejected'),
    wakeAt: () => undefined,
    close: (progress) => progress,
    onRejected: 'failed',
    onTimeOut: 'skipped',
    why: ({ problem = '' }) => problem,
  };
}
