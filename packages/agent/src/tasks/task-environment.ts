import type { JobEndpoint, JobSecureFile } from '@signalbox/api';
import { TASK_AGENT_VERSION } from '@signalbox/model';
import { environmentName, type EnvironmentVariables } from '../variables/environment.ts';
import type { ExpandedVariable } from '../variables/variable-store.ts';

/** What a task of a package is told. */
export interface TaskFacts {
  /** The environment that a script in its place would have. */
  readonly environment: EnvironmentVariables;
  /** By the names of its task.json, macros expanded. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly variables: readonly ExpandedVariable[];
  /** What an earlier part of the same step set with `task.settaskvariable` (LOG-16). */
  readonly taskVariables: readonly Pick<ExpandedVariable, 'name' | 'value'>[];
  /** The connections and files that its inputs name, and the job's own connection. */
  readonly endpoints: readonly JobEndpoint[];
  readonly secureFiles: readonly JobSecureFile[];
  /** Comes back with the issues that the task itself writes. */
  readonly correlationId: string;
}

/** The environment of a task's process, as the task library reads it (REST.md §4.1). Other processes get no secret. */
export function taskEnvironment(facts: TaskFacts): Record<string, string> {
  const environment: Record<string, string> = {
    SYSTEM_CULTURE: 'en-US',
    SYSTEM_HOSTTYPE: 'build',
    ...facts.environment,
    AGENT_VERSION: TASK_AGENT_VERSION,
    COMMAND_CORRELATION_ID: facts.correlationId,
  };
  for (const [name, value] of Object.entries(facts.inputs))
    environment[`INPUT_${environmentName(name)}`] = value;
  for (const { name, value } of facts.taskVariables) {
    environment[`VSTS_TASKVARIABLE_${environmentName(name)}`] = value;
  }
  addVariables(environment, facts.variables);
  for (const endpoint of facts.endpoints) addEndpoint(environment, endpoint);
  for (const { id, name, ticket } of facts.secureFiles) {
    environment[`SECUREFILE_NAME_${id}`] = name;
    environment[`SECUREFILE_TICKET_${id}`] = ticket;
  }
  return withoutNul(environment);
}

function addVariables(environment: Record<string, string>, variables: readonly ExpandedVariable[]): void {
  const secrets = variables.filter(({ secret }) => secret);
  for (const { name, value, preserveCase } of secrets) {
    environment[`SECRET_${environmentName(name, preserveCase)}`] = value;
  }
  const open = variables.filter(({ secret }) => !secret);
  environment['VSTS_PUBLIC_VARIABLES'] = JSON.stringify(open.map(({ name }) => name));
  environment['VSTS_SECRET_VARIABLES'] = JSON.stringify(secrets.map(({ name }) => name));
}

function addEndpoint(environment: Record<string, string>, endpoint: JobEndpoint): void {
  const { id, url, scheme, parameters, data } = endpoint;
  environment[`ENDPOINT_URL_${id}`] = url;
  environment[`ENDPOINT_AUTH_${id}`] = JSON.stringify({ scheme, parameters });
  environment[`ENDPOINT_AUTH_SCHEME_${id}`] = scheme;
  for (const [name, value] of Object.entries(parameters)) {
    environment[`ENDPOINT_AUTH_PARAMETER_${id}_${environmentName(name)}`] = value;
  }
  environment[`ENDPOINT_DATA_${id}`] = JSON.stringify(data);
  for (const [name, value] of Object.entries(data)) {
    environment[`ENDPOINT_DATA_${id}_${environmentName(name)}`] = value;
  }
}

/** The system starts no process with such an environment. */
function withoutNul(environment: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter(([name, value]) => !`${name}${value}`.includes('\0')),
  );
}
