import type { LockRequestView } from '@signalbox/api';
import { cli, lockRequests, setUpProject } from '../../support/queue.ts';
import type { Signalbox } from '../../support/signalbox.ts';

/** One scenario of QUEUEING §5, played by a real server with real agents. */
export interface Scenario {
  /** `Q1` …; the name of its project as well. */
  readonly id: string;
  readonly setup: string;
  /** What must be seen, word for word. */
  readonly expected: string;
  /** Sets everything up, lets it happen, and tells what was seen. */
  readonly play: (box: Signalbox) => Promise<string>;
}

/**
 * Builds, then deploys to the environment, each for as long as it is told; the build fails when it is told.
 * More stages may follow.
 */
export function shop(environment: string, more = ''): string {
  return `
trigger: none
lockBehavior: sequential
pool: Default
stages:
  - stage: Build
    jobs:
      - job: Build
        steps:
          - checkout: none
          - script: sleep "\${BUILDSECONDS:-0}" && test "\${BUILDFAILS:-no}" = no
  - stage: Deploy
    jobs:
      - deployment: Service
        environment: ${environment}
        strategy:
          runOnce:
            deploy:
              steps:
                - script: sleep "\${DEPLOYSECONDS:-0.5}"
${more}`;
}

/** One stage that needs every lock of these environments, in this order, for as long as it is told. */
export function needs(...environments: readonly string[]): string {
  const jobs = environments.map(
    (environment) => `
      - deployment: To_${environment}
        environment: ${environment}
        strategy:
          runOnce:
            deploy:
              steps:
                - script: sleep "\${DEPLOYSECONDS:-0.5}"`,
  );
  return `
trigger: none
lockBehavior: sequential
pool: Default
stages:
  - stage: Deploy
    jobs:${jobs.join('')}
`;
}

/** A project of one pipeline `p`, and a lock on its environment with these options; answers the pipeline. */
export async function oneLock(
  box: Signalbox,
  project: string,
  { environment = 'qa', yaml, options = '' }: { environment?: string; yaml?: string; options?: string },
): Promise<number> {
  const { p = 0 } = await setUpProject(box, project, { 'p.yml': yaml ?? shop(environment) });
  await lock(box, project, `--environment ${environment} ${options}`);
  return p;
}

/** Makes a lock. */
export async function lock(box: Signalbox, project: string, options: string): Promise<void> {
  await cli(box, ...`locks create --project ${project} ${options}`.trim().split(/\s+/));
}

/** The requests that were granted, in the order of their tokens. */
export async function granted(box: Signalbox, project: string): Promise<readonly LockRequestView[]> {
  const all = await lockRequests(box, project);
  return all
    .filter(({ assignTime }) => assignTime !== undefined)
    .sort((a, b) => (a.token ?? 0) - (b.token ?? 0));
}

/** Runs by their place in a list, from 1: `1, 3, 2`. */
export function places(ids: readonly number[], order: readonly (number | undefined)[]): string {
  return order.map((id) => ids.indexOf(id ?? -1) + 1).join(', ');
}

/** Their tokens: `tokens 1, 2, 3`. */
export function tokens(requests: readonly LockRequestView[]): string {
  return `tokens ${requests.map(({ token }) => token ?? '-').join(', ')}`;
}
