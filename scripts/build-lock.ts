import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from './run.ts';

const folder = join(root, 'node_modules/.cache/signalbox');
const file = join(folder, 'build-lock');
const retryEvery = 100;

/** Runs `work` while no other process of this checkout builds. */
export async function withBuildLock<T>(work: () => T): Promise<T> {
  mkdirSync(folder, { recursive: true });
  while (!acquire()) await sleep(retryEvery);
  try {
    return work();
  } finally {
    rmSync(file, { force: true });
  }
}

function acquire(): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    if (holderIsGone()) rmSync(file, { force: true });
    return false;
  }
}

// A killed build leaves its file behind; its process id then belongs to nobody.
function holderIsGone(): boolean {
  const pid = readHolder();
  if (pid === undefined) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

function readHolder(): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    return Number.isInteger(pid) && pid > 0 ? pid : undefined;
  } catch {
    return undefined;
  }
}
