import type { ProtectedResourceType, StepPlan } from '@signalbox/model';

/** What an input of a task names: a service connection or a secure file, and whether it takes several with commas. */
interface InputRow {
  readonly type: Extract<ProtectedResourceType, 'endpoint' | 'securefile'>;
  readonly several?: true;
}

const CONNECTION: InputRow = { type: 'endpoint' };
const CONNECTIONS: InputRow = { type: 'endpoint', several: true };
const SECURE_FILE: InputRow = { type: 'securefile' };

/** Inputs that mean the same in every task that has them, in lower case (source: the schema of the service's own tasks). */
const INPUTS: ReadonlyMap<string, InputRow> = new Map([
  ...rows(CONNECTION, [
    'ARMConnectedServiceName',
    'AppConfigurationEndpoint',
    'ConnectedServiceName',
    'ConnectedServiceNameARM',
    'ConnectedServiceNameClassic',
    'azureClassicSubscription',
    'azureContainerRegistryConnection',
    'azureDevOpsServiceConnection',
    'azurekvServiceConection',
    'azureResourceManagerConnection',
    'azureResourceManagerEndpoint',
    'azureServiceConnection',
    'azureSubscription',
    'azureSubscriptionConnection',
    'azureSubscriptionEndpoint',
    'azureSubscriptionEndpointForSecrets',
    'azureSubscriptionForACR',
    'clusterConnection',
    'containerRegistry',
    'dockerHostEndpoint',
    'dockerRegistryConnection',
    'dockerRegistryEndpoint',
    'dockerRegistryServiceConnection',
    'gitHubConnection',
    'jenkinsServerConnection',
    'kubernetesServiceConnection',
    'kubernetesServiceEndpoint',
    'publishFeedCredentials',
    'pythonUploadServiceConnection',
    'serverEndpoint',
    'serviceConnection',
    'serviceConnectionName',
    'serviceEndpoint',
    'SonarCloud',
    'SonarQube',
    'sonarQubeServiceEndpoint',
    'sshEndpoint',
    'teamServicesConnection',
  ]),
  ...rows(CONNECTIONS, [
    'externalFeedCredentials',
    'mavenServiceConnections',
    'nuGetServiceConnections',
    'pythonDownloadServiceConnections',
  ]),
  ...rows(SECURE_FILE, [
    'apksignerKeystoreFile',
    'certSecureFile',
    'jarsignerKeystoreFile',
    'provProfileSecureFile',
    'sshKeySecureFile',
  ]),
]);

/** Inputs whose names say little: they count in these tasks only, by `task.input` in lower case. */
const INPUTS_OF_TASKS: ReadonlyMap<string, InputRow> = new Map([
  ['downloadgithubrelease.connection', CONNECTION],
  ['downloadsecurefile.securefile', SECURE_FILE],
  ['npmauthenticate.customendpoint', CONNECTIONS],
  ['npm.customendpoint', CONNECTIONS],
  ['npm.publishendpoint', CONNECTION],
]);

function rows(row: InputRow, names: readonly string[]): readonly (readonly [string, InputRow])[] {
  return names.map((name) => [name.toLowerCase(), row]);
}

/** A protected resource that a step names in an input of its task. */
export interface NamedInInput {
  readonly type: InputRow['type'];
  readonly name: string;
}

/** The service connections and secure files that the inputs of a step name, as far as its task is known. */
export function namedInInputs({ task, inputs }: Pick<StepPlan, 'task' | 'inputs'>): readonly NamedInInput[] {
  return Object.entries(inputs).flatMap(([input, text]) => {
    const name = input.toLowerCase();
    const row =
      ofPackage(task, name) ?? INPUTS.get(name) ?? INPUTS_OF_TASKS.get(`${task.name.toLowerCase()}.${name}`);
    if (row === undefined) return [];
    const names = row.several === true ? text.split(',') : [text];
    return names
      .map((one) => one.trim())
      .filter((one) => one !== '')
      .map((one) => ({ type: row.type, name: one }));
  });
}

/** What the task's own package says of an input; it may name several with commas. */
function ofPackage(task: StepPlan['task'], input: string): InputRow | undefined {
  const resources = task.package?.resources ?? {};
  const type = Object.hasOwn(resources, input) ? resources[input] : undefined;
  return type === undefined ? undefined : { type, several: true };
}
