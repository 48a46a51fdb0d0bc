import type { Route } from './route.ts';

/** Names of the routes of artifacts. */
export type ArtifactRoute = 'listArtifacts' | 'createArtifact' | 'listRunArtifacts' | 'signedContent';

const OF_BUILD = '/_apis/build/builds/:buildId/artifacts';

/** REST.md §3.3 and §3.4. */
export const ARTIFACT_ROUTES: Readonly<Record<ArtifactRoute, Route>> = {
  listArtifacts: {
    method: 'GET',
    scope: 'either',
    path: OF_BUILD,
    permission: 'readLogs',
    summary:
      'The artifacts of a run; with `artifactName` one of them, with `$format=zip` its files, with `fileId` one of those.',
  },
  createArtifact: {
    method: 'POST',
    scope: 'either',
    path: OF_BUILD,
    permission: 'queueRuns',
    summary: 'Registers a place elsewhere as an artifact of a run.',
  },
  listRunArtifacts: {
    method: 'GET',
    scope: 'project',
    path: '/_apis/pipelines/:pipelineId/runs/:runId/artifacts',
    permission: 'readLogs',
    summary: 'One artifact of a run of a pipeline, by `artifactName`.',
  },
  signedContent: {
    method: 'GET',
    scope: 'organization',
    path: '/_apis/signalbox/content/:ticket',
    permission: 'public',
    summary: 'The log or the artifact of an address that `$expand=signedContent` gave; good for 15 minutes.',
  },
};
