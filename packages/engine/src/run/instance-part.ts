import type { InstanceKey, InstancePart, JobLeg, JobState } from './state.ts';

/** The part alone, of anything that has one. */
export function partOf({ hook, leg }: InstancePart): InstancePart {
  return { ...(hook !== undefined && { hook }), ...(leg !== undefined && { leg }) };
}

/** True when both name the same instance of a job. */
export function isSamePart(a: InstancePart, b: InstancePart): boolean {
  return a.hook === b.hook && a.leg === b.leg;
}

/** What people see: the job's display name, and the leg or the number of the slice (NAME-8). */
export function instanceDisplayName(job: string, leg: JobLeg | undefined): string {
  return leg === undefined ? job : `${job} ${leg.displayName ?? leg.name}`;
}

/** The leg, slice or machine of a job to which an instance belongs. */
export function legOfJob(
  { expansion }: Pick<JobState, 'expansion'>,
  { leg }: InstancePart,
): JobLeg | undefined {
  return expansion?.legs.find(({ name }) => name === leg);
}

/** The legs and slices of a job under way that have not begun: they wait for their turn (MTX-6). */
export function legsLeft({ phase, expansion, instances }: JobState): readonly string[] {
  if (phase !== 'running' || expansion === undefined || expansion.kind === 'machines') return [];
  return expansion.legs.map(({ name }) => name).filter((name) => !instances.some(({ leg }) => leg === name));
}

/**
 * The name of an instance below its job: `__default` of a plain one, the leg or slice, the hook, and
 * `<hook>_<machine>` (DEP-13, GLOSS-4).
 */
export function partName({ hook, leg }: InstancePart): string {
  const parts = [hook, leg].filter((one) => one !== undefined);
  return parts.length === 0 ? '__default' : parts.join('_');
}

/** What a job that has no name is called in records and variables (NAME-3, REC-160). */
export function phaseName(job: string): string {
  return job === '__default' ? 'Job' : job;
}

/** The path of a job in the identifiers of records: the implicit stage is left out of it (GLOSS-4). */
export function jobPath({ stage, job }: Pick<InstanceKey, 'stage' | 'job'>): string {
  return stage === '__default' ? phaseName(job) : `${stage}.${phaseName(job)}`;
}
