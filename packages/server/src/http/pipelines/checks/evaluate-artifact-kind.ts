import { ARTIFACT_CHECK } from '@signalbox/api';
import {
  DEFAULT_CHECK_MINUTES,
  MAX_ARTIFACT_POLICY,
  MAX_CHECK_NAME,
  type EvaluateArtifactSettings,
} from '@signalbox/model';
import { refuseUnknown } from './refuse-unknown.ts';
import type { WireKind } from './wire-kind.ts';

/** The artifact policy on the wire, in our own words: the service publishes none (CHK-62). */
export const evaluateArtifactKind: WireKind<EvaluateArtifactSettings> = {
  title: 'an artifact policy',
  type: { id: ARTIFACT_CHECK, name: 'ArtifactPolicy' },
  tasks: [],
  defaultMinutes: DEFAULT_CHECK_MINUTES,
  async read(settings, { base }) {
    refuseUnknown(settings, ['displayName', 'policy'], 'An artifact policy');
    return {
      kind: 'evaluateArtifact',
      displayName: settings.text('displayName', MAX_CHECK_NAME) ?? base?.displayName ?? '',
      policy: settings.text('policy', MAX_ARTIFACT_POLICY) ?? base?.policy ?? '',
    };
  },
  write: ({ displayName, policy }) => ({ displayName, policy }),
};
