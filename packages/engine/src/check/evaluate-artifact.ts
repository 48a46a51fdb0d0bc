import type { EvaluateArtifactSettings } from '@signalbox/model';
import type { CheckKind } from './kind.ts';
import { staticKind, type StaticProgress } from './static-kind.ts';

/** The artifact policy: nothing here evaluates Rego, and a policy that nobody evaluates lets nothing pass (CHK-62). */
export const evaluateArtifact: CheckKind<EvaluateArtifactSettings, StaticProgress, never> = staticKind({
  kind: 'evaluateArtifact',
  name: ({ displayName }) => (displayName === '' ? 'Artifact policy' : displayName),
  problemOf: () => 'this server does not evaluate artifact policies, so none of them passes',
});
