import type { Route } from './route.ts';

/** Names of the routes that a first pipeline needs, of what its runs give, and of the picture of its lock. */
export type StartRoute = 'lookIntoRepository' | 'previewFile' | 'runOutputs' | 'lockBadge';

const OWN = '/_apis/signalbox';

/** Routes that Azure DevOps does not have. */
export const START_ROUTES: Readonly<Record<StartRoute, Route>> = {
  lookIntoRepository: {
    method: 'POST',
    scope: 'project',
    path: `${OWN}/repositories/look`,
    permission: 'editDefinitions',
    summary:
      'The YAML files of a repository that no pipeline names yet, those first that look like pipelines.',
  },
  previewFile: {
    method: 'POST',
    scope: 'project',
    path: `${OWN}/repositories/preview`,
    permission: 'editDefinitions',
    summary: 'What a pipeline of a file would be: stages, mistakes, and what it needs; nothing is made.',
  },
  runOutputs: {
    method: 'GET',
    scope: 'either',
    path: `${OWN}/runs/:runId/outputs`,
    permission: 'readLogs',
    summary: 'The output variables of a run, stage by stage; secret ones without their value.',
  },
  lockBadge: {
    method: 'GET',
    scope: 'organization',
    path: '/_apis/public/signalbox/:project/locks/:lockId/badge',
    permission: 'public',
    summary: 'How a lock is, as a picture; open to all where the project says so.',
  },
};
