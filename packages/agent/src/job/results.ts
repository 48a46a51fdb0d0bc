import type { NodeResult } from '@signalbox/model';

const BY_NUMBER: readonly NodeResult[] = [
  'succeeded',
  'succeededWithIssues',
  'failed',
  'canceled',
  'skipped',
  'abandoned',
];

/** The worse of two results by the service's numbers; once above failed it stays (RES-1, RES-5). */
export function worstResult(current: NodeResult, coming: NodeResult): NodeResult {
  const rank = BY_NUMBER.indexOf(current);
  return rank <= BY_NUMBER.indexOf('failed') && BY_NUMBER.indexOf(coming) > rank ? coming : current;
}

/** RES-5: a step changes the job's result only by its issues or its failure; a job never improves. */
export function mergeStepResult(job: NodeResult, step: NodeResult): NodeResult {
  return step === 'succeededWithIssues' || step === 'failed' ? worstResult(job, step) : job;
}

/** A result by its name in any letter case; undefined for other text. */
export function resultByName(name: string): NodeResult | undefined {
  return BY_NUMBER.find((result) => result.toLowerCase() === name.trim().toLowerCase());
}

/** The spelling of `Agent.JobStatus` and of results in texts: `SucceededWithIssues` (section 13). */
export function resultTitle(result: NodeResult): string {
  return result.charAt(0).toUpperCase() + result.slice(1);
}
