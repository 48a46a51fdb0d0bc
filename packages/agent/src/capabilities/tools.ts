import { findProgram } from '../steps/find-program.ts';
import { execFile } from 'node:child_process';

/** Capability name and the programs, any of which shows that the tool is there. */
const TOOLS: readonly (readonly [string, readonly string[]])[] = [
  ['az', ['az']],
  ['bash', ['bash']],
  ['cmake', ['cmake']],
  ['curl', ['curl']],
  ['dotnet', ['dotnet']],
  ['git', ['git']],
  ['go', ['go']],
  ['gradle', ['gradle']],
  ['helm', ['helm']],
  ['java', ['java']],
  ['jq', ['jq']],
  ['kubectl', ['kubectl']],
  ['make', ['make']],
  ['maven', ['mvn']],
  ['mvn', ['mvn']],
  ['node.js', ['node', 'nodejs']],
  ['node', ['node']],
  ['npm', ['npm']],
  ['powershell', ['powershell', 'pwsh']],
  ['pwsh', ['pwsh']],
  ['python', ['python']],
  ['python3', ['python3']],
  ['rsync', ['rsync']],
  ['ruby', ['ruby']],
  ['sh', ['sh']],
  ['sqlcmd', ['sqlcmd']],
  ['sqlpackage', ['sqlpackage', 'SqlPackage']],
  ['ssh', ['ssh']],
  ['svn', ['svn']],
  ['terraform', ['terraform']],
  ['yarn', ['yarn']],
  ['zip', ['zip']],
];

/** Programs that only count when the service behind them answers. */
const SERVICES: readonly (readonly [string, readonly string[]])[] = [
  ['docker', ['info', '--format', '{{.ServerVersion}}']],
  ['podman', ['info', '--format', '{{.Version.Version}}']],
];

/** How long such a service may take to answer. */
const SERVICE_MS = 5_000;

/** The tools on the `PATH`, by capability name, with their paths (AGENT-3). */
export async function detectTools(
  environment: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const [capability, programs] of TOOLS) {
    const path = programs.map((name) => findProgram(name, environment)).find((one) => one !== undefined);
    if (path !== undefined) found[capability] = path;
  }
  await Promise.all(
    SERVICES.map(async ([name, args]) => {
      const path = findProgram(name, environment);
      if (path !== undefined && (await answers(path, args, environment))) found[name] = path;
    }),
  );
  return found;
}

function answers(
  file: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(file, [...args], { env: environment, timeout: SERVICE_MS, windowsHide: true }, (error) =>
      resolve(error === null),
    );
  });
}
