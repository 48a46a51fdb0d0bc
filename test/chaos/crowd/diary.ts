import { existsSync, readFileSync } from 'node:fs';

/** One line that a step wrote: what, of which run and job, on which lock with which token, by which agent. */
export interface DiaryLine {
  readonly what: 'begin' | 'end' | 'always';
  readonly run: number;
  readonly job: string;
  readonly lock: string;
  readonly token: number;
  readonly agent: string;
}

/** The lines that the steps of all jobs wrote into one file, in the order of their writing. */
export function readDiary(file: string): readonly DiaryLine[] {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
  return lines.map((line) => {
    const [what = '', run, job = '', lock = '', token, agent = ''] = line.split(' ');
    return { what: what as DiaryLine['what'], run: Number(run), job, lock, token: Number(token), agent };
  });
}

/** The shell command by which a step writes a line; `>>` of one short line is atomic. */
export function note(what: DiaryLine['what'], lock: string): string {
  const words = `${what} $(Build.BuildId) $(Agent.JobName) ${lock} \${SIGNALBOX_LOCK_TOKEN:-0} $(Agent.Name)`;
  return `echo "${words}" >> "$CROWD_DIARY"`;
}

/**
 * Lines on a lock that a run wrote after another run had begun there (LAW-8), or with a token that does not rise from
 * run to run (LAW-1). The order of writing decides, no clock.
 */
export function intrusions(lines: readonly DiaryLine[]): readonly string[] {
  const wrong: string[] = [];
  const latest = new Map<string, DiaryLine>();
  const over = new Set<string>();
  for (const line of lines) {
    const before = latest.get(line.lock);
    latest.set(line.lock, line);
    const isSame = before?.run === line.run;
    if (before !== undefined && !isSame) over.add(`${before.lock} ${before.run}`);
    if (over.has(`${line.lock} ${line.run}`))
      wrong.push(`run ${line.run} wrote "${line.what}" on ${line.lock} after run ${before?.run} had begun`);
    const rises = isSame ? line.token === before.token : line.token > (before?.token ?? 0);
    if (!rises) wrong.push(`run ${line.run} had token ${line.token} of ${line.lock} after ${before?.token}`);
  }
  return wrong;
}

/** Agents that have a job of which the last step has not run yet. */
export function busyAgents(lines: readonly DiaryLine[]): readonly string[] {
  const latest = new Map(lines.map((line) => [line.agent, line.what]));
  return [...latest].filter(([, what]) => what !== 'always').map(([agent]) => agent);
}

/** The line of this kind that a job wrote. */
export function find(
  lines: readonly DiaryLine[],
  what: DiaryLine['what'],
  { run, job }: Pick<DiaryLine, 'run' | 'job'>,
): DiaryLine | undefined {
  return lines.find((line) => line.what === what && line.run === run && line.job === job);
}
