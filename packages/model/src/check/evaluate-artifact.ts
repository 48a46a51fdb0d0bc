import { nameProblems } from './task.ts';

/** The settings of an artifact policy. It can be kept, but no engine here evaluates it: it fails closed (CHK-62). */
export interface EvaluateArtifactSettings {
  readonly kind: 'evaluateArtifact';
  readonly displayName: string;
  /** The text of the policy, in Rego. */
  readonly policy: string;
}

/** Longest policy. */
export const MAX_ARTIFACT_POLICY = 20_000;

/** What is wrong with an artifact policy, each in one sentence that says how to mend it; none: it can be saved. */
export function evaluateArtifactProblems(settings: EvaluateArtifactSettings): readonly string[] {
  const { policy } = settings;
  const fits = policy.trim() !== '' && policy.length <= MAX_ARTIFACT_POLICY;
  const problem = `"policy" is a text of 1 to ${MAX_ARTIFACT_POLICY} characters; write it.`;
  return [...(fits ? [] : [problem]), ...nameProblems(settings)];
}
