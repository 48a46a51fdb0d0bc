import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const launcher = fileURLToPath(new URL('../../../packages/cli/bin/signalbox.js', import.meta.url));

/** Scripts of strangers are not run as root; absent: the test itself is not root's. */
export const NOBODY: { readonly uid: number; readonly gid: number } | undefined =
  process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;

/** What `signalbox run` is called with. */
export interface RunSetting {
  readonly file: string;
  /** The PATH that scripts see. */
  readonly path: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly parameters: Readonly<Record<string, string>>;
  /** Folders by alias. */
  readonly repositories: Readonly<Record<string, string>>;
  readonly capabilities: Readonly<Record<string, string>>;
  /** Names of variable groups; each has one variable that nobody reads. */
  readonly groups: readonly string[];
}

/** Calls the command in a process of its own, with a home in `folder`. */
export function signalboxRun(
  folder: string,
  setting: RunSetting,
): Promise<{ readonly out: string; readonly err: string }> {
  const home = join(folder, 'home');
  mkdirSync(home);
  chmodSync(home, 0o777);
  const child = spawn(process.execPath, [launcher, ...argumentsOf(folder, setting)], {
    cwd: home,
    env: { PATH: setting.path, HOME: home, TMPDIR: home, NO_COLOR: '1', LANG: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...NOBODY,
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (text: Buffer) => (out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (err += text.toString()));
  return new Promise((resolve) => child.once('close', () => resolve({ out, err })));
}

function argumentsOf(folder: string, setting: RunSetting): readonly string[] {
  const { file, variables, parameters, repositories, capabilities, groups } = setting;
  const pairs = (option: string, values: Readonly<Record<string, string>>): readonly string[] =>
    Object.entries(values).flatMap(([name, value]) => [option, `${name}=${value}`]);
  const groupFile = join(folder, 'group.env');
  writeFileSync(groupFile, 'unread=1\n');
  return [
    'run',
    file,
    '--skip-checks',
    '--output',
    'json',
    ...pairs('--variable', variables),
    ...pairs('--parameter', parameters),
    ...pairs('--repository', repositories),
    ...pairs('--capability', capabilities),
    ...groups.flatMap((name) => ['--group', `${name}=${groupFile}`]),
  ];
}
