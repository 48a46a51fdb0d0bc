import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from '../support/random.ts';
import { freePort, startSignalbox, type Signalbox, type UpOptions } from '../support/signalbox.ts';
import { chance, KILLS } from './chance.ts';

/** What happens around the kills. Whatever `act` asks of a server that is down is simply not acknowledged. */
export interface World {
  readonly up: Pick<UpOptions, 'agents' | 'demo' | 'agentLease' | 'databaseUrl'>;
  /** Once, before the first kill. */
  readonly begin: (box: Signalbox) => Promise<void>;
  /** Again and again between two kills, a few times a second. */
  readonly act: (box: Signalbox, random: Random) => Promise<void>;
  /** Before each kill, by its number from 1. */
  readonly beforeKill: (box: Signalbox, kill: number) => Promise<void>;
  /** After the last kill: waits until everything is over, and judges. */
  readonly end: (box: Signalbox) => Promise<void>;
}

/** What a torment was. */
export interface Tormented {
  readonly kills: number;
  readonly seconds: number;
}

/** Kills the server (kill -9) at random moments and starts it again, on the same data and the same port. */
export async function torment(world: World): Promise<Tormented> {
  const random = chance();
  const dataFolder = mkdtempSync(join(tmpdir(), 'signalbox-chaos-'));
  const options: UpOptions = { ...world.up, dataFolder, port: await freePort() };
  const begin = Date.now();
  let box = await startSignalbox(options);
  try {
    await world.begin(box);
    for (let kill = 1; kill <= KILLS; kill += 1) {
      const end = Date.now() + 200 + random() * 2500;
      while (Date.now() < end) {
        await world.act(box, random);
        await pause(100 + random() * 300);
      }
      await world.beforeKill(box, kill);
      await box.kill();
      box = await startSignalbox(options);
    }
    await world.end(box);
  } finally {
    await box.stop();
    rmSync(dataFolder, { recursive: true, force: true, maxRetries: 3 });
  }
  return { kills: KILLS, seconds: Math.round((Date.now() - begin) / 1000) };
}
