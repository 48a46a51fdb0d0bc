import type { EnvironmentId, ProjectId } from '@signalbox/model';

/** An environment, and the project that has it. */
export interface EnvironmentPlace {
  readonly project: ProjectId;
  readonly environment: EnvironmentId;
}

/**
 * The name of the pool of an environment's machines. No pool of people has a slash in its name, and no pipeline can name
 * this one: only a deployment to the environment gets there, past its checks (DEP-12).
 */
export function machinePoolName({ project, environment }: EnvironmentPlace): string {
  return `environments/${project}/${environment}`;
}

/** The environment whose machines are in the pool; undefined for any other pool. */
export function environmentOfPool(name: string): EnvironmentPlace | undefined {
  const [, project, environment] = /^environments\/(\d{1,15})\/(\d{1,15})$/.exec(name) ?? [];
  return project === undefined || environment === undefined
    ? undefined
    : { project: Number(project), environment: Number(environment) };
}
