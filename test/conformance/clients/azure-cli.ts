import { execFile, execFileSync } from 'node:child_process';
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

/** Runs `az ARGUMENTS` with a configuration of its own, so that nothing of the machine comes in or changes. */
export function runAz(server: ClientServer, args: readonly string[]): Promise<AzResult> {
  const { folder, token } = server;
  const environment = {
    ...process.env,
    AZURE_CONFIG_DIR: `${folder}/azure`,
    AZURE_DEVOPS_EXT_CONFIG_DIR: `${folder}/azure-devops`,
    AZURE_DEVOPS_CACHE_DIR: `${folder}/cache`,
    AZURE_CORE_COLLECT_TELEMETRY: '0',
    AZURE_DEVOPS_EXT_PAT: token,
    // A pull of newer extensions would need the network.
    AZURE_EXTENSION_USE_DYNAMIC_INSTALL: 'no',
    NO_PROXY: '127.0.0.1',
  };
  return new Promise((done) => {
    execFile('az', [...args], { env: environment, maxBuffer: 16_777_216 }, (error, out, err) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
      done({ code, out, err });
    });
  });
}

/** The words of a command line; what stands in single quotes is one word. */
export function words(line: string): readonly string[] {
  return (line.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replace(/^'(.*)'$/s, '$1'));
}
