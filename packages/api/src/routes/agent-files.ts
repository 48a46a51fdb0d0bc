import type { Route } from './route.ts';

/** Names of the routes by which agents send and get files. */
export type AgentFilesRoute =
  | 'jobContentsMissing'
  | 'jobContentPut'
  | 'jobContentGet'
  | 'jobArtifactPublish'
  | 'jobArtifactUpload'
  | 'jobArtifactAssociate'
  | 'jobArtifactsFind'
  | 'jobCacheFind'
  | 'jobCacheSave';

const JOB = '/_apis/signalbox/agent/v1/jobs/:request';

/** Files in the agent protocol; shapes in `agent-artifacts.ts`. */
export const AGENT_FILES_ROUTES: Readonly<Record<AgentFilesRoute, Route>> = {
  jobContentsMissing: {
    method: 'POST',
    scope: 'organization',
    path: `${JOB}/blobs/missing`,
    permission: 'serve',
    summary: 'Which contents a job has to send.',
  },
  jobContentPut: {
    method: 'PUT',
    scope: 'organization',
    path: `${JOB}/blobs/:sha256`,
    permission: 'serve',
    body: 'content',
    summary: 'Sends one content of a job.',
  },
  jobContentGet: {
    method: 'GET',
    scope: 'organization',
    path: `${JOB}/blobs/:sha256`,
    permission: 'serve',
    summary: 'A content that a job may read.',
  },
  jobArtifactPublish: {
    method: 'POST',
    scope: 'organization',
    path: `${JOB}/artifacts/publish`,
    permission: 'serve',
    summary: 'Makes a pipeline artifact of sent contents.',
  },
  jobArtifactUpload: {
    method: 'POST',
    scope: 'organization',
    path: `${JOB}/artifacts/upload`,
    permission: 'serve',
    summary: "Adds files to a folder of the run's container.",
  },
  jobArtifactAssociate: {
    method: 'POST',
    scope: 'organization',
    path: `${JOB}/artifacts/associate`,
    permission: 'serve',
    summary: 'Registers a place elsewhere as an artifact.',
  },
  jobArtifactsFind: {
    method: 'POST',
    scope: 'organization',
    path: `${JOB}/artifacts/find`,
    permission: 'serve',
    summary: 'The artifacts of a run that a job may read.',
  },
  jobCacheFind: {
    method: 'POST',
    scope: 'organization',
    path: `${JOB}/caches/find`,
    permission: 'serve',
    summary: 'The best cache for some keys.',
  },
  jobCacheSave: {
    method: 'POST',
    scope: 'organization',
    path: `${JOB}/caches/save`,
    permission: 'serve',
    summary: 'Keeps a cache under a key.',
  },
};
