import type { RunView, WireBuild, WireCheck, WireDefinition, WireEnvironment } from '@signalbox/api';
import { gitRepository } from './repository.ts';
import type { TestServer } from './test-server.ts';

/** Builds, then deploys to `qa` one after the other. */
export const TWO_STAGES = `
trigger: none
pool: Default
stages:
  - stage: Build
    jobs:
      - job: Compile
        steps:
          - checkout: none
          - script: echo build
  - stage: Deploy
    lockBehavior: sequential
    jobs:
      - deployment: Roll
        environment: qa
        strategy:
          runOnce:
            deploy:
              steps:
                - script: echo deploy
`;

/** One stage that deploys to `qa`: all of it but the trigger, as a template may have it. */
export const DEPLOYING_TEMPLATE = `
pool: Default
stages:
  - stage: Deploy
    jobs:
      - deployment: Roll
        environment: qa
        strategy:
          runOnce:
            deploy:
              steps:
                - script: echo deploy
`;

/** One stage that deploys to `qa`. */
export const DEPLOY_TO_QA = `trigger: none${DEPLOYING_TEMPLATE}`;

/** One job, no environment. */
export const ONE_JOB = `
trigger: none
pool: Default
steps:
  - checkout: none
  - script: echo hello
`;

/** A project with one definition in a repository of its own. */
export async function makeProject(
  box: TestServer,
  options: { readonly name?: string; readonly yaml?: string; readonly files?: Record<string, string> } = {},
): Promise<{ readonly project: string; readonly definition: WireDefinition; readonly folder: string }> {
  const project = options.name ?? 'Demo';
  const folder = gitRepository({ ...options.files, 'azure-pipelines.yml': options.yaml ?? TWO_STAGES });
  await box.json('POST', '/_apis/projects', { name: project });
  const definition = await box.json<WireDefinition>('POST', `/${project}/_apis/build/definitions`, {
    name: 'deploy',
    process: { type: 2, yamlFilename: 'azure-pipelines.yml' },
    repository: { type: 'Git', url: folder },
  });
  return { project, definition, folder };
}

/** The environment with an exclusive lock; answers the check. */
export async function lockEnvironment(box: TestServer, project: string, name = 'qa'): Promise<WireCheck> {
  const environment = await box.json<WireEnvironment>(
    'POST',
    `/${project}/_apis/distributedtask/environments`,
    {
      name,
    },
  );
  return box.json<WireCheck>('POST', `/${project}/_apis/pipelines/checks/configurations`, {
    type: { id: '2EF31AD6-BAA0-403A-8B45-2CBC9B4E5563', name: 'ExclusiveLock' },
    resource: { type: 'environment', id: String(environment.id) },
    settings: {},
  });
}

/** Queues a run. */
export function queue(box: TestServer, project: string, definition: number): Promise<WireBuild> {
  return box.json<WireBuild>('POST', `/${project}/_apis/build/builds`, { definition: { id: definition } });
}

/** The run with its stages. */
export function runOf(box: TestServer, project: string, id: number): Promise<RunView> {
  return box.json<RunView>('GET', `/${project}/_apis/signalbox/runs/${id}`);
}
