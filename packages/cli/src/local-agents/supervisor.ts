import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { slotOf, visit, type Slot } from './slot.ts';

/** What the local agents need to know. */
export interface LocalAgentsOptions {
  readonly count: number;
  readonly dataFolder: string;
  /** The server as agents reach it, organisation included. */
  readonly serverUrl: string;
  /** A token whose scope is the pool; handed over in the environment, never on the command line. */
  readonly token: string;
  readonly pool: string;
  /** The command that starts a Signalbox, for example `[node, signalbox.js]`. */
  readonly command: readonly string[];
  /** Told when an agent ended by itself. */
  readonly onExit: (name: string) => void;
}

/** The local agents of one server. */
export interface LocalAgents {
  /**
   * `finish`: each takes no further job and ends after the one at hand. `cancel`: jobs are cancelled, clean-up
   * included. `leave`: the processes go on, and the next server on this data folder finds them again.
   * Resolves when all are gone; with `leave` at once.
   */
  stop(how: StopManner): Promise<void>;
}

/** How local agents are ended. */
export type StopManner = 'finish' | 'cancel' | 'leave';

/** A crashing agent is started again, but not in a tight loop. */
const RESTART_PAUSE_MS = 2000;
/** A new process needs this long at most to take its slot. */
const START_LIMIT_MS = 20_000;

/** Keeps one agent process in each slot: adopts the one that is there, else starts one, and again when it ends. */
export function superviseLocalAgents(options: LocalAgentsOptions): LocalAgents {
  const visits = new Set<Socket>();
  const stopping = new AbortController();
  const supervision: Supervision = { options, visits, stopping: stopping.signal };
  const slots = Array.from({ length: options.count }, (_, index) => slotOf(options.dataFolder, index + 1));
  const loops = slots.map((slot) => keepOne(slot, supervision));
  return {
    async stop(how) {
      stopping.abort();
      for (const visit of visits) {
        if (how === 'leave') visit.destroy();
        else visit.write(how === 'cancel' ? 'stop now\n' : 'stop\n');
      }
      await Promise.all(loops);
    },
  };
}

interface Supervision {
  readonly options: LocalAgentsOptions;
  /** A connection to each agent that is there. */
  readonly visits: Set<Socket>;
  readonly stopping: AbortSignal;
}

async function keepOne(slot: Slot, supervision: Supervision): Promise<void> {
  const { options, stopping } = supervision;
  while (!stopping.aborted) {
    const agent = (await visit(slot)) ?? (await startIn(slot, options, stopping));
    if (agent) await attend(agent, supervision);
    if (stopping.aborted) return;
    options.onExit(slot.name);
    await pause(RESTART_PAUSE_MS, undefined, { signal: stopping }).catch(() => undefined);
  }
}

/** Starts an agent and waits until it has taken its slot. */
async function startIn(
  slot: Slot,
  options: LocalAgentsOptions,
  stopping: AbortSignal,
): Promise<Socket | undefined> {
  start(slot, options);
  for (let waited = 0; waited < START_LIMIT_MS && !stopping.aborted; waited += 100) {
    await pause(100);
    const agent = await visit(slot);
    if (agent) return agent;
  }
  return undefined;
}

function start(slot: Slot, options: LocalAgentsOptions): void {
  const folder = join(options.dataFolder, 'agents', slot.name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const log = openSync(join(folder, 'agent.log'), 'a', 0o600);
  const [program = process.execPath, ...first] = options.command;
  const child = spawn(
    program,
    [...first, 'agent', '--name', slot.name, '--pool', options.pool, '--work', folder, '--slot', slot.socket],
    {
      // Its own process group: Ctrl-C in the terminal reaches the server, which then ends its agents in order.
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...process.env, SIGNALBOX_URL: options.serverUrl, SIGNALBOX_TOKEN: options.token },
    },
  );
  closeSync(log);
  child.on('error', () => options.onExit(slot.name));
  child.unref();
}

/** Resolves when the agent is gone, or is let go. */
function attend(agent: Socket, { visits, stopping }: Supervision): Promise<void> {
  return new Promise((done) => {
    visits.add(agent);
    agent.on('error', () => agent.destroy());
    agent.once('close', () => {
      visits.delete(agent);
      done();
    });
    agent.resume();
    agent.write('supervise\n');
    // The stop came while this agent was starting: it has no job yet.
    if (stopping.aborted) agent.write('stop\n');
  });
}
