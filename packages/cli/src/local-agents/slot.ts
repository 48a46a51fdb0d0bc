import { createHash } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * A local agent outlives a killed server and finishes its job; the next `signalbox up` on the same data folder
 * finds it again instead of starting a second one. Both meet at a socket: while it answers, the slot is taken;
 * when the connection ends, the other side is gone. Nothing has to be cleaned up after a kill.
 */
export interface Slot {
  /** The agent's name and its folder's name, for example `local-1`. */
  readonly name: string;
  readonly socket: string;
}

/** The slot `local-<number>` of a data folder. Sockets have short paths only, so they lie in the temporary folder. */
export function slotOf(dataFolder: string, number: number): Slot {
  const key = createHash('sha256').update(resolve(dataFolder)).digest('hex').slice(0, 12);
  const name = `local-${number}`;
  if (process.platform === 'win32') return { name, socket: `\\\\.\\pipe\\signalbox-${key}-${number}` };
  const folder = join(tmpdir(), `signalbox-${userInfo().uid}-${key}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return { name, socket: join(folder, `${number}.sock`) };
}

/** Connects to the agent in the slot; `undefined` when there is none. */
export function visit(slot: Slot): Promise<Socket | undefined> {
  return new Promise((done) => {
    const socket = connect(slot.socket);
    socket.once('connect', () => done(socket));
    socket.once('error', () => done(undefined));
  });
}

/** What the agent's side learns. */
export interface SlotEvents {
  /** The last supervisor went away. */
  orphaned(): void;
  /** A supervisor is there (again). */
  supervised(): void;
  /** The supervisor wants the agent to end; `now` cancels its job. */
  stop(now: boolean): void;
}

/** A slot that this process has. */
export interface Occupied {
  /** Gives the slot up: whoever supervises learns that the agent is gone. */
  close(): void;
}

/** Takes the slot for this process; rejects when another process has it. */
export async function occupy(socketPath: string, events: SlotEvents): Promise<Occupied> {
  const other = await visit({ name: '', socket: socketPath });
  if (other) {
    other.destroy();
    throw new Error(`another agent already runs here (${socketPath})`);
  }
  if (process.platform !== 'win32') rmSync(socketPath, { force: true });
  const supervisors = new Set<Socket>();
  const connections = new Set<Socket>();
  const server = createServer((socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
    welcome(socket, supervisors, events);
  });
  await new Promise<void>((done, failed) => {
    server.once('error', failed);
    server.listen(socketPath, done);
  });
  return {
    close() {
      server.close();
      // A server alone would wait for its visitors, and they wait for this process to end.
      for (const socket of connections) socket.destroy();
    },
  };
}

function welcome(socket: Socket, supervisors: Set<Socket>, events: SlotEvents): void {
  socket.setEncoding('utf8');
  socket.on('error', () => socket.destroy());
  socket.on('data', (text) => {
    // A bare visit (to see whether somebody is here) says nothing and changes nothing.
    if (String(text).includes('supervise') && !supervisors.has(socket)) {
      supervisors.add(socket);
      events.supervised();
    }
    if (String(text).includes('stop')) events.stop(String(text).includes('stop now'));
  });
  socket.on('close', () => {
    if (supervisors.delete(socket) && supervisors.size === 0) events.orphaned();
  });
}
