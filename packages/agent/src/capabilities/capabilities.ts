import { fold } from '@signalbox/model';
import { arch, hostname, release } from 'node:os';
import { CONTAINER_CAPABILITY } from '../containers/container-engine.ts';
import { CAPABILITIES, CAPABILITY_CHARS } from '../limits.ts';
import { inherited } from '../variables/environment.ts';
import { detectTools } from './tools.ts';

/** What an agent is known by. */
export interface AgentIdentity {
  readonly name: string;
  readonly version: string;
  readonly homeDirectory: string;
}

/** Names whose values the machine's owner would not want on a page: the pool shows capabilities to its readers. */
const PRIVATE =
  /token|secret|password|passwd|_pwd$|credential|api_?key|access_?key|private|connection_?string/i;

/**
 * The capabilities of an agent (AGENT-3): the environment it was started in, the tools on its `PATH`, what it says
 * of itself, and the user's own, in rising order of precedence. Names are unique ignoring case.
 */
export async function detectCapabilities(
  identity: AgentIdentity,
  environment: Readonly<Record<string, string>>,
  user: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, string>>> {
  const byKey = new Map<string, readonly [string, string]>();
  const tools = await detectTools(environment);
  const sources = [
    environmentCapabilities(environment),
    tools,
    agentCapabilities(identity),
    engineCapability(tools),
    user,
  ];
  for (const source of sources) {
    for (const [name, value] of Object.entries(source)) {
      byKey.delete(fold(name));
      byKey.set(fold(name), [name, value.slice(0, CAPABILITY_CHARS)]);
    }
  }
  // The last are the most telling: the user's own, the agent's, the tools.
  return Object.fromEntries([...byKey.values()].slice(-CAPABILITIES));
}

function environmentCapabilities(environment: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(inherited(environment)).map(([name, value]) => [name, PRIVATE.test(name) ? '***' : value]),
  );
}

function agentCapabilities(identity: AgentIdentity): Record<string, string> {
  return {
    'Agent.Name': identity.name,
    'Agent.Version': identity.version,
    'Agent.ComputerName': hostname(),
    'Agent.HomeDirectory': identity.homeDirectory,
    'Agent.OS': operatingSystem(),
    'Agent.OSArchitecture': architecture(),
    ...(process.platform === 'win32' ? { 'Agent.OSVersion': release() } : {}),
  };
}

/** Jobs with containers demand this one: either engine will do. */
function engineCapability(tools: Readonly<Record<string, string>>): Record<string, string> {
  const name = ['docker', 'podman'].find((one) => tools[one] !== undefined);
  return name === undefined ? {} : { [CONTAINER_CAPABILITY]: name };
}

/** `Agent.OS` in the service's words. */
export function operatingSystem(platform: NodeJS.Platform = process.platform): string {
  if (platform === 'win32') return 'Windows_NT';
  return platform === 'darwin' ? 'Darwin' : 'Linux';
}

/** `Agent.OSArchitecture` in the service's words. */
export function architecture(name: string = arch()): string {
  if (name === 'x64') return 'X64';
  if (name === 'ia32') return 'X86';
  return name === 'arm64' ? 'ARM64' : 'ARM';
}
