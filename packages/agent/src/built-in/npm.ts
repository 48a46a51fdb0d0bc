import type { JobEndpoint } from '@signalbox/api';
import { failed, type StepHandler, type StepTry } from '../steps/step-handler.ts';
import { builtIn } from './built-in.ts';
import { endpointOf, secretFile } from './endpoint-of.ts';
import { sourcePath } from './input-path.ts';
import { runProgram, words } from './run-program.ts';

/** Npm@1: npm with the registries of service connections. */
export const npm: StepHandler = builtIn('Npm@1', async (step) => {
  const { inputs } = step;
  const command = inputs.text('command').toLowerCase();
  const isPublish = command === 'publish';
  const feed = inputs.text(isPublish ? 'publishRegistry' : 'customRegistry').toLowerCase();
  if (feed === 'usefeed')
    return failed('Feeds of the service are not supported; use a service connection to a registry.');
  const given = command === 'custom' ? words(inputs.text('customCommand')) : [command];
  if (given.length === 0) return failed('Input required: customCommand');
  const endpoint = endpointOf(step, isPublish ? 'publishEndpoint' : 'customEndpoint');
  if (isPublish && endpoint === undefined) return failed('Input required: publishEndpoint');
  const verbose = inputs.isTrue('verbose') ? ['--loglevel', 'verbose'] : [];
  const env = endpoint === undefined ? {} : { NPM_CONFIG_USERCONFIG: npmrc(step, endpoint) };
  const registry = isPublish && endpoint !== undefined ? ['--registry', endpoint.url] : [];
  return runProgram(step, {
    name: 'npm',
    args: [...given, ...registry, ...verbose],
    cwd: sourcePath(step, 'workingDir'),
    env,
  });
});

/** What proves who calls stands in a file that goes with the job, not on the command line. */
function npmrc(step: StepTry, { url, parameters }: JobEndpoint): string {
  const key = url.replace(/^https?:/, '').replace(/\/*$/, '/');
  const { username, password, apitoken } = parameters;
  const lines =
    apitoken !== undefined
      ? [`${key}:_authToken=${apitoken}`]
      : password !== undefined
        ? [
            `${key}:username=${username ?? ''}`,
            `${key}:_password=${Buffer.from(password).toString('base64')}`,
          ]
        : [];
  return secretFile(step, '.npmrc', [...lines, `${key}:always-auth=true`, ''].join('\n')).file;
}
