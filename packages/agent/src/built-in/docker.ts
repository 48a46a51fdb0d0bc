import type { JobEndpoint } from '@signalbox/api';
import { basename, dirname } from 'node:path';
import { failed, SUCCEEDED, type StepHandler, type StepTry } from '../steps/step-handler.ts';
import { builtIn } from './built-in.ts';
import { endpointOf, secretFile } from './endpoint-of.ts';
import { findFiles } from './find-files.ts';
import { sourcePath } from './input-path.ts';
import { runProgram, words } from './run-program.ts';
import { setVariable } from './tool-versions.ts';

/** Docker@2: the `docker` program, signed in to the registry of a service connection. */
export const docker: StepHandler = builtIn('Docker@2', async (step) => {
  const command = step.inputs.text('command').toLowerCase();
  const call = await callOf(step, command);
  if (typeof call === 'string') return failed(call);
  for (const args of call.commands) {
    const end = await runProgram(step, { name: 'docker', args, cwd: step.layout.sources, env: call.env });
    if (end.kind === 'failed') return end;
  }
  return SUCCEEDED;
});

interface Calls {
  readonly commands: readonly (readonly string[])[];
  readonly env: SignIn;
}

/** What tells `docker` where its configuration is. */
type SignIn = { readonly DOCKER_CONFIG?: string };

function signIn(step: StepTry, registry: JobEndpoint | undefined): SignIn {
  return registry === undefined ? {} : { DOCKER_CONFIG: signedIn(step, registry) };
}

async function callOf(step: StepTry, command: string): Promise<Calls | string> {
  const registry = endpointOf(step, 'containerRegistry');
  const more = words(step.inputs.text('arguments').replaceAll('\n', ' '));
  const env = signIn(step, registry);
  switch (command) {
    case 'build':
    case 'push':
    case 'buildandpush': {
      const commands = await imageCommands(step, { command, registry, more });
      return typeof commands === 'string' ? commands : { commands, env };
    }
    case 'start':
    case 'stop':
      return { commands: [[command, step.inputs.text('container'), ...more]], env };
    case 'login':
      if (registry === undefined) return 'Input required: containerRegistry';
      // Later steps of the job are signed in as well.
      setVariable(step, 'DOCKER_CONFIG', env.DOCKER_CONFIG ?? '');
      step.output.info(`Signed in to ${hostOf(registry)} for this job.`);
      return { commands: [], env };
    case 'logout':
      setVariable(step, 'DOCKER_CONFIG', '');
      return { commands: registry === undefined ? [] : [['logout', hostOf(registry)]], env: {} };
    default:
      return { commands: [[command, ...more]], env };
  }
}

interface ImageCommand {
  readonly command: 'build' | 'push' | 'buildandpush';
  readonly registry: JobEndpoint | undefined;
  readonly more: readonly string[];
}

async function imageCommands(
  step: StepTry,
  { command, registry, more }: ImageCommand,
): Promise<Calls['commands'] | string> {
  if (command === 'buildandpush' && more.length > 0) return 'The command buildAndPush takes no "arguments".';
  const images = imagesOf(step, registry);
  if (images === undefined) return 'Input required: repository';
  const build = command === 'push' ? [] : [await buildArgs(step, images, more)];
  const pushed = command === 'build' ? [] : images;
  return [...build, ...pushed.map((image) => ['push', image, ...(command === 'push' ? more : [])])];
}

/** The name of every image: the registry's host, the repository, and a tag each. */
function imagesOf({ inputs }: StepTry, registry: JobEndpoint | undefined): readonly string[] | undefined {
  const repository = inputs.text('repository');
  if (repository === '') return undefined;
  const host = registry === undefined ? '' : `${hostOf(registry)}/`;
  const tags = inputs
    .text('tags')
    .split(/[\n,]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
  return tags.map((tag) => `${host}${repository}:${tag}`);
}

async function buildArgs(
  step: StepTry,
  images: readonly string[],
  more: readonly string[],
): Promise<readonly string[]> {
  const pattern = step.inputs.text('Dockerfile');
  const options = { root: step.layout.sources, dot: false, followLinks: false, signal: step.stop };
  const [file] = await findFiles(pattern, options);
  if (file === undefined) throw new Error(`No file matches the input "Dockerfile": ${pattern}`);
  const given = step.inputs.text('buildContext');
  const context = given === '**' || given === '' ? dirname(file) : sourcePath(step, 'buildContext');
  const labels = step.inputs.isTrue('addPipelineData') ? labelsOf(step) : [];
  return ['build', '-f', file, ...labels, ...images.flatMap((image) => ['-t', image]), ...more, context];
}

const LABELS: readonly (readonly [string, string])[] = [
  ['system.teamfoundationcollectionuri', 'System.CollectionUri'],
  ['system.teamproject', 'System.TeamProject'],
  ['build.repository.name', 'Build.Repository.Name'],
  ['build.sourceversion', 'Build.SourceVersion'],
  ['build.sourcebranchname', 'Build.SourceBranchName'],
  ['build.definitionname', 'Build.DefinitionName'],
  ['build.buildnumber', 'Build.BuildNumber'],
];

function labelsOf({ output: { variables } }: StepTry): readonly string[] {
  return LABELS.flatMap(([label, name]) => {
    const value = variables.text(name);
    return value === '' ? [] : ['--label', `com.azure.dev.image.${label}=${value}`];
  });
}

/** A folder with the configuration of `docker`: the password stands in a file that goes with the job. */
function signedIn(step: StepTry, endpoint: JobEndpoint): string {
  const { username = '', password = '', apitoken } = endpoint.parameters;
  const auth = Buffer.from(apitoken === undefined ? `${username}:${password}` : `token:${apitoken}`).toString(
    'base64',
  );
  step.output.masker.add(auth);
  const host = hostOf(endpoint);
  // Docker Hub is known under its old address.
  const key =
    host === 'docker.io' || basename(host) === 'index.docker.io' ? 'https://index.docker.io/v1/' : host;
  return secretFile(step, 'config.json', JSON.stringify({ auths: { [key]: { auth } } })).folder;
}

function hostOf({ url }: JobEndpoint): string {
  return new URL(url).host;
}
