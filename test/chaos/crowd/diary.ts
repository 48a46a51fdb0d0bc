import { readFileSync } from 'node:fs';

/** One line that a step wrote: what, of which run and job, on which lock, when (ms). */
export interface DiaryLine {
  readonly what: 'begin' | 'end' | 'always';
  readonly run: number;
  readonly job: string;
  readonly lock: string;
  readonly at: number;
}

/** The lines that the steps of all jobs wrote into one file, in the order of their writing. */
export function readDiary(file: string): readonly DiaryLine[] {
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => {
    const [what = '', run, job = '', lock = '', at] = line.split(' ');
    return { what: what as DiaryLine['what'], run: Number(run), job, lock, at: Number(at) };
  });
}

/** The shell command by which a step writes a line; `>>` of one short line is atomic. */
export function note(what: DiaryLine['what'], lock: string): string {
  return `echo "${what} $(Build.BuildId) $(Agent.JobName) ${lock} $(date +%s%3N)" >> "$CROWD_DIARY"`;
}

/** Work of two runs on one lock at one time, told by what the steps themselves saw; a step that never ended counts by its begin. */
export function overlaps(lines: readonly DiaryLine[]): readonly string[] {
  const works = lines
    .filter(({ what }) => what === 'begin')
    .map((begin) => ({ ...begin, to: find(lines, 'end', begin)?.at ?? begin.at }))
    .toSorted((a, b) => a.at - b.at);
  return works.flatMap((work, at) => {
    const other = works
      .slice(0, at)
      .find(({ lock, run, to }) => lock === work.lock && run !== work.run && to > work.at);
    return other === undefined
      ? []
      : [`run ${work.run} began on ${work.lock} while run ${other.run} was at work`];
  });
}

/** The line of this kind that a job wrote. */
export function find(
  lines: readonly DiaryLine[],
  what: DiaryLine['what'],
  { run, job }: Pick<DiaryLine, 'run' | 'job'>,
): DiaryLine | undefined {
  return lines.find((line) => line.what === what && line.run === run && line.job === job);
}
