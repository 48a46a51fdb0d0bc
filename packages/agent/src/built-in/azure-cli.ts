import type { JobEndpoint } from '@signalbox/api';
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defaultFolder } from '../steps/script-file.ts';
import { failed, type StepEnd, type StepHandler, type StepTry } from '../steps/step-handler.ts';
import { builtIn } from './built-in.ts';
import { endpointOf } from './endpoint-of.ts';
import { sourcePath } from './input-path.ts';
import { runProgram, words } from './run-program.ts';

/** AzureCLI@2: a script with `az` signed in as the service connection says. */
export const azureCli: StepHandler = builtIn('AzureCLI@2', async (step) => {
  const { inputs, output } = step;
  const endpoint = endpointOf(step, 'connectedServiceNameARM');
  if (endpoint === undefined) return failed('Input required: azureSubscription');
  const shell = SHELLS.get(inputs.text('scriptType').toLowerCase());
  if (shell === undefined) return failed('The input "scriptType" must be bash or pscore on this agent.');
  const env = environmentOf(step, endpoint);
  const signIn = await signedIn(step, endpoint, env);
  if (signIn?.kind === 'failed') return signIn;
  const script = scriptOf(step, shell.extension);
  const cwd = inputs.text('cwd') === '' ? defaultFolder(step) : sourcePath(step, 'cwd');
  const args = [...shell.args, script, ...words(inputs.text('scriptArguments'))];
  const end = await runProgram(step, { name: shell.program, args, cwd, env });
  if (signIn !== undefined) await runProgram(step, { name: 'az', args: ['account', 'clear'], cwd, env });
  if (end.kind === 'failed' || !inputs.isTrue('failOnStandardError') || output.stderrLines === 0) return end;
  return failed('The script wrote one or more lines to the standard error stream.');
});

const SHELLS: ReadonlyMap<
  string,
  { readonly program: string; readonly extension: string; readonly args: readonly string[] }
> = new Map([
  ['bash', { program: 'bash', extension: '.sh', args: [] }],
  [
    'pscore',
    { program: 'pwsh', extension: '.ps1', args: ['-NoLogo', '-NoProfile', '-NonInteractive', '-File'] },
  ],
]);

type Environment = Readonly<Record<string, string>>;

/** A configuration of its own, so that what is signed in here is not in other jobs. */
function environmentOf(step: StepTry, { parameters, url }: JobEndpoint): Environment {
  const { inputs, layout } = step;
  const folder = join(layout.temp, `.azclitask-${randomUUID()}`);
  if (!inputs.isTrue('useGlobalConfig')) mkdirSync(folder, { mode: 0o700 });
  const principal = inputs.isTrue('addSpnToEnvironment')
    ? {
        servicePrincipalId: parameters['username'] ?? '',
        servicePrincipalKey: parameters['password'] ?? '',
        tenantId: tenantOf(url),
      }
    : {};
  return { ...(inputs.isTrue('useGlobalConfig') ? {} : { AZURE_CONFIG_DIR: folder }), ...principal };
}

/** The address of a connection to Azure names the tenant: `https://login.microsoftonline.com/<tenant>`. */
function tenantOf(url: string): string {
  return new URL(url).pathname.split('/').find((part) => part !== '') ?? '';
}

/** Undefined when the connection has no user: then `az` is used as the machine is signed in. */
async function signedIn(
  step: StepTry,
  endpoint: JobEndpoint,
  env: Environment,
): Promise<StepEnd | undefined> {
  const { username, password } = endpoint.parameters;
  if (username === undefined || password === undefined) return undefined;
  const tenant = tenantOf(endpoint.url);
  if (tenant === '') {
    return failed(
      `The address of the connection "${endpoint.name}" names no tenant: https://login.microsoftonline.com/TENANT`,
    );
  }
  const args = [
    'login',
    '--service-principal',
    '--username',
    username,
    '--password',
    password,
    '--tenant',
    tenant,
  ];
  return runProgram(step, { name: 'az', args: [...args, '--output', 'none'], cwd: step.layout.temp, env });
}

function scriptOf(step: StepTry, extension: string): string {
  const { inputs, layout } = step;
  if (inputs.text('scriptLocation').toLowerCase() !== 'inlinescript') return sourcePath(step, 'scriptPath');
  const file = join(layout.temp, `azureclitask-${randomUUID()}${extension}`);
  writeFileSync(file, `${inputs.text('inlineScript').replaceAll('\r\n', '\n')}\n`, { mode: 0o600 });
  return file;
}
