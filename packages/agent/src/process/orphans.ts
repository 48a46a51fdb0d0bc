import { readdirSync, readFileSync } from 'node:fs';

/** The variable that marks every process of a job; the service's agent uses the same name. */
export const LOOKUP_VARIABLE = 'VSTS_PROCESS_LOOKUP_ID';

/** The processes there are; empty where the system does not list them under /proc. */
export function runningProcesses(): ReadonlySet<string> {
  try {
    return new Set(readdirSync('/proc').filter((name) => /^\d+$/.test(name)));
  } catch {
    return new Set();
  }
}

/**
 * Kills what a job left behind although it left the group of its step (a daemon), found by its mark. Processes that
 * were there before the job are not looked at. Returns what was ended.
 */
export function killOrphans(mark: string, before: ReadonlySet<string>): readonly number[] {
  const entry = `${LOOKUP_VARIABLE}=${mark}`;
  const orphans = [...runningProcesses()]
    .filter((pid) => !before.has(pid))
    .map((pid) => marked(pid, entry))
    .filter((pid) => pid !== undefined);
  for (const pid of orphans) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has ended meanwhile.
    }
  }
  return orphans;
}

function marked(pid: string, entry: string): number | undefined {
  try {
    const environment = readFileSync(`/proc/${pid}/environ`, 'latin1');
    return environment.split('\0').includes(entry) ? Number(pid) : undefined;
  } catch {
    // Another user's process, or it has ended.
    return undefined;
  }
}
