import type { JobEndpoint } from '@signalbox/api';
import { failed, SUCCEEDED, type StepEnd, type StepHandler, type StepTry } from '../steps/step-handler.ts';
import { builtIn } from './built-in.ts';
import { endpointOf, secretFile } from './endpoint-of.ts';
import { sourcePath } from './input-path.ts';
import { runProgram, words } from './run-program.ts';
import { setVariable } from './tool-versions.ts';

/** Kubernetes@1: the `kubectl` program, with the cluster of a service connection. */
export const kubernetes: StepHandler = builtIn('Kubernetes@1', async (step) => {
  const { inputs } = step;
  const kind = inputs.text('connectionType').toLowerCase();
  if (kind === 'azure resource manager') {
    return failed(
      'The connection type "Azure Resource Manager" is not supported; use a connection to the cluster.',
    );
  }
  const endpoint = kind === 'none' ? undefined : endpointOf(step, 'kubernetesServiceEndpoint');
  if (kind !== 'none' && endpoint === undefined) return failed('Input required: kubernetesServiceEndpoint');
  const env = endpoint === undefined ? {} : { KUBECONFIG: kubeconfig(step, endpoint) };
  const command = inputs.text('command').toLowerCase();
  if (command === 'login' || command === 'logout') {
    setVariable(step, 'KUBECONFIG', command === 'login' ? (env.KUBECONFIG ?? '') : '');
    return SUCCEEDED;
  }
  const before = await runAll(step, [...secretCommands(step), ...configMapCommands(step)], env);
  if (before.kind === 'failed' || command === '') return before;
  return kubectl(step, commandArgs(step, command), env);
});

type Environment = Readonly<Record<string, string>>;

function kubectl(step: StepTry, args: readonly string[], env: Environment): Promise<StepEnd> {
  const namespace = step.inputs.text('namespace');
  const program = step.inputs.text('specifyLocation') || 'kubectl';
  return runProgram(step, {
    name: program,
    args: [...args, ...(namespace === '' ? [] : ['--namespace', namespace])],
    cwd: sourcePath(step, 'cwd'),
    env,
  });
}

function commandArgs(step: StepTry, command: string): readonly string[] {
  const { inputs } = step;
  const more = words(inputs.text('arguments').replaceAll('\n', ' '));
  const format = inputs.text('outputFormat').toLowerCase();
  const output = command === 'get' && format !== 'none' && format !== '' ? ['-o', format] : [];
  return [command, ...fileArgs(step), ...more, ...output];
}

function fileArgs(step: StepTry): readonly string[] {
  const { inputs } = step;
  if (!inputs.isTrue('useConfigurationFile')) return [];
  if (inputs.text('configurationType').toLowerCase() === 'inline') {
    return ['-f', secretFile(step, 'inline.yaml', inputs.text('inline')).file];
  }
  return ['-f', sourcePath(step, 'configuration')];
}

async function runAll(
  step: StepTry,
  commands: readonly { readonly args: readonly string[]; readonly mayFail: boolean }[],
  env: Environment,
): Promise<StepEnd> {
  for (const { args, mayFail } of commands) {
    const end = await kubectl(step, args, env);
    if (end.kind === 'failed' && !mayFail) return end;
  }
  return SUCCEEDED;
}

type Commands = readonly { readonly args: readonly string[]; readonly mayFail: boolean }[];

function secretCommands(step: StepTry): Commands {
  const { inputs } = step;
  const name = inputs.text('secretName');
  if (name === '') return [];
  const isGeneric = inputs.text('secretType').toLowerCase() === 'generic';
  const gone = { args: ['delete', 'secret', name, '--ignore-not-found'], mayFail: true };
  const made = isGeneric
    ? ['create', 'secret', 'generic', name, ...words(inputs.text('secretArguments').replaceAll('\n', ' '))]
    : registrySecret(step, name);
  return [...(inputs.isTrue('forceUpdate') ? [gone] : []), { args: made, mayFail: false }];
}

/** From a file, so that no password stands on a command line. */
function registrySecret(step: StepTry, name: string): readonly string[] {
  const registry = endpointOf(step, 'dockerRegistryEndpoint');
  if (registry === undefined) throw new Error('Input required: dockerRegistryEndpoint');
  const { username = '', password = '', apitoken } = registry.parameters;
  const auth = Buffer.from(`${username}:${apitoken ?? password}`).toString('base64');
  step.output.masker.add(auth);
  const auths = { auths: { [new URL(registry.url).host]: { auth } } };
  const { file } = secretFile(step, 'config.json', JSON.stringify(auths));
  return [
    'create',
    'secret',
    'generic',
    name,
    '--type=kubernetes.io/dockerconfigjson',
    `--from-file=.dockerconfigjson=${file}`,
  ];
}

function configMapCommands(step: StepTry): Commands {
  const { inputs } = step;
  const name = inputs.text('configMapName');
  if (name === '') return [];
  const gone = { args: ['delete', 'configmap', name, '--ignore-not-found'], mayFail: true };
  const from = inputs.isTrue('useConfigMapFile')
    ? [`--from-file=${sourcePath(step, 'configMapFile')}`]
    : words(inputs.text('configMapArguments').replaceAll('\n', ' '));
  const made = { args: ['create', 'configmap', name, ...from], mayFail: false };
  return [...(inputs.isTrue('forceUpdateConfigMap') ? [gone] : []), made];
}

/** JSON is YAML: a kubeconfig with one cluster and one user, in a file that goes with the job. */
function kubeconfig(step: StepTry, { url, parameters }: JobEndpoint): string {
  const { username, password, apitoken } = parameters;
  const user = apitoken !== undefined ? { token: apitoken } : { username, password };
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'cluster', cluster: { server: url } }],
    users: [{ name: 'user', user }],
    contexts: [{ name: 'context', context: { cluster: 'cluster', user: 'user' } }],
    'current-context': 'context',
  };
  return secretFile(step, 'config', JSON.stringify(config)).file;
}
