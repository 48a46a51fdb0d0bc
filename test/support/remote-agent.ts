import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const launcher = fileURLToPath(new URL('../../packages/cli/bin/signalbox.js', import.meta.url));

/** How to start `signalbox agent` as on another machine. */
export interface RemoteAgentOptions {
  readonly name: string;
  /** With the organisation. */
  readonly url: string;
  /** A token of its pool. */
  readonly token: string;
  readonly workFolder: string;
  readonly arguments?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

/** A process of `signalbox agent`. */
export interface RemoteAgent {
  readonly process: ChildProcess;
  /** Everything it printed. */
  output(): string;
  /** Its exit code, or minus one after a signal. */
  readonly ended: Promise<number>;
}

/** Starts one; it connects by itself, however long that takes. */
export function startRemoteAgent(options: RemoteAgentOptions): RemoteAgent {
  const { name, url, token, workFolder, arguments: more = [], environment = {} } = options;
  const child = spawn(process.execPath, [launcher, 'agent', '--name', name, '--work', workFolder, ...more], {
    env: { ...process.env, ...environment, SIGNALBOX_URL: url, SIGNALBOX_TOKEN: token, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => (text += part));
  child.stderr.setEncoding('utf8').on('data', (part: string) => (text += part));
  const ended = new Promise<number>((done) => child.once('exit', (code) => done(code ?? -1)));
  return { process: child, output: () => text, ended };
}
