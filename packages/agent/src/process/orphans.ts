import { readdir, readFile } from 'node:fs/promises';

/** The variable that marks every process of a job; the service's agent uses the same name. */
export const LOOKUP_VARIABLE = 'VSTS_PROCESS_LOOKUP_ID';

/** The processes there are; empty where the system does not list them under /proc. */
export async function runningProcesses(): Promise<ReadonlySet<string>> {
  try {
    return new Set((await readdir('/proc')).filter((name) => /^\d+$/.test(name)));
  } catch {
    return new Set();
  }
}

/**
 * Kills what a job left behind although it left the group of its step (a daemon), found by its mark. Processes that
 * were there before the job are not looked at. Returns what was ended.
 */
export async function killOrphans(mark: string, before: ReadonlySet<string>): Promise<readonly number[]> {
  const entry = `${LOOKUP_VARIABLE}=${mark}`;
  const found = await Promise.all(
    [...(await runningProcesses())].filter((pid) => !before.has(pid)).map((pid) => marked(pid, entry)),
  );
  const orphans = found.filter((pid) => pid !== undefined);
  for (const pid of orphans) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }
  return orphans;
}

async function marked(pid: string, entry: string): Promise<number | undefined> {
  try {
    const environment = await readFile(`/proc/${pid}/environ`, 'latin1');
    return environment.split('\0').includes(entry) ? Number(pid) : undefined;
  } catch {
    // Another user's process, or it has ended.
    return undefined;
  }
}
