import { spawn, type ChildProcess } from 'node:child_process';

/** Ends process groups when the agent itself is gone, also by kill -9. */
export interface Reaper {
  /** From now on the group dies with the agent. */
  watch(group: number): void;
  /** The group has ended. */
  release(group: number): void;
  /** The job is over: ends every group that is still watched. */
  endAll(): void;
  /** What else is to be done when the agent is gone, such as removing its containers; empty: nothing more. */
  afterDeath(command: readonly string[]): void;
  /** The agent ends in good order. */
  close(): void;
}

/**
 * The whole supervisor. Each line replaces the list of living groups, or the last command; the end of the pipe means
 * that the agent is gone, because the kernel closes it however the agent ended. It ignores the signals that a terminal
 * or a service manager sends to everybody.
 */
const SCRIPT = `trap '' INT TERM HUP
live=
last=
while IFS= read -r line; do
  case $line in
    'run '*) last=\${line#run };;
    *) live=$line;;
  esac
done
for group in $live; do kill -s KILL -- "-$group"; done
eval "$last"`;

/** Starts the supervisor: one sleeping `sh` for the life of the agent. Without POSIX groups it does nothing. */
export function startReaper(): Reaper {
  if (process.platform === 'win32')
    return { watch() {}, release() {}, endAll() {}, afterDeath() {}, close() {} };
  const shell = spawn('/bin/sh', ['-c', SCRIPT], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    env: {},
    cwd: '/',
  });
  shell.unref();
  return reaperOf(shell);
}

function reaperOf(shell: ChildProcess): Reaper {
  const live = new Set<number>();
  const input = shell.stdin;
  // Without a supervisor jobs still run; only the promise for kill -9 is lost.
  shell.on('error', () => {});
  input?.on('error', () => {});
  const tell = (): void => {
    if (input?.writable === true) input.write(`${[...live].join(' ')}\n`);
  };
  return {
    watch(group) {
      live.add(group);
      tell();
    },
    release(group) {
      live.delete(group);
      tell();
    },
    endAll() {
      for (const group of live) endGroup(group);
      live.clear();
      tell();
    },
    afterDeath(command) {
      // A line is a command: a word with a line break in it is none of ours.
      if (input?.writable === true)
        input.write(`run ${command.map(quoted).join(' ').replaceAll('\n', ' ')}\n`);
    },
    close() {
      input?.end();
    },
  };
}

function endGroup(group: number): void {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // ESRCH: it has ended meanwhile.
  }
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
