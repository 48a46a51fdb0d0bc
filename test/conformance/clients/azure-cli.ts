import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { ClientServer } from './client-server.ts';

/** How a command of the Azure CLI ended. */
export interface AzResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Why the Azure CLI cannot be run here; undefined when it is there with its extension for Azure DevOps. */
export function azIsMissing(): string | undefined {
  try {
    const said = execFileSync('az', ['version', '--output', 'json'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return said.includes('azure-devops') ? undefined : 'the Azure CLI has no extension azure-devops';
  } catch {
    return 'the Azure CLI is not installed (azure-cli and python3-azext-devops of Debian)';
  }
}

/** What a command finds besides its arguments. */
export interface AzSurroundings {
  /** Comes on standard input. */
  readonly input?: string;
  /** Variables that it has, too, or that it has not. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/** Runs `az ARGUMENTS` with a configuration of its own, so that nothing of the machine comes in or changes. */
export function runAz(
  server: ClientServer,
  args: readonly string[],
  { input = '', environment = {} }: AzSurroundings = {},
): Promise<AzResult> {
  const { folder, token } = server;
  const env = {
    ...process.env,
    AZURE_CONFIG_DIR: `${folder}/azure`,
    AZURE_DEVOPS_EXT_CONFIG_DIR: `${folder}/azure-devops`,
    AZURE_DEVOPS_CACHE_DIR: `${folder}/cache`,
    AZURE_CORE_COLLECT_TELEMETRY: '0',
    AZURE_DEVOPS_EXT_PAT: token,
    // A pull of newer extensions would need the network.
    AZURE_EXTENSION_USE_DYNAMIC_INSTALL: 'no',
    // Tokens are kept in a file then, whatever keeps those of this machine.
    PYTHON_KEYRING_BACKEND: 'keyring.backends.fail.Keyring',
    NO_PROXY: '127.0.0.1',
    ...environment,
  };
  return new Promise((done) => {
    const child = execFile('az', [...args], { env, maxBuffer: 16_777_216 }, (error, out, err) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      done({ code, out, err });
    });
    child.stdin?.end(input);
  });
}

const LIST_COMMANDS = `
import sys
from azure.cli.core import get_default_cli
from azure.cli.core.extension import get_extension_path
sys.path.insert(0, get_extension_path('azure-devops'))
from azext_devops import DevCommandsLoader
print('\\n'.join(DevCommandsLoader(cli_ctx=get_default_cli()).load_command_table([])))
`;

/** Every command of the extension, as its own table has them: `pipelines runs list`. */
export function commandsOfAz(): readonly string[] {
  const az = execFileSync('sh', ['-c', 'command -v az'], { encoding: 'utf8' }).trim();
  const python = /^#!(\S*python\S*)/.exec(readFileSync(az, 'utf8'))?.[1];
  if (python === undefined) throw new Error(`${az} is not started by Python itself.`);
  return execFileSync(python, ['-c', LIST_COMMANDS], { encoding: 'utf8' }).trim().split('\n');
}

/** The words of a command line; what stands in single quotes is one word. */
export function words(line: string): readonly string[] {
  return (line.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replace(/^'(.*)'$/s, '$1'));
}
