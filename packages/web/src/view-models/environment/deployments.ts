import type { LockView, WireDeploymentRecord, WireEnvironment } from '@signalbox/api';
import type { Mark } from '../mark.ts';
import { counted } from '../names.ts';
import type { Moment } from '../time.ts';
import { ago, elapsed, moment } from '../time.ts';

/** One deployment as a row shows it. */
export interface DeploymentLine {
  readonly key: string;
  readonly mark: Mark;
  readonly pipeline: string;
  readonly definition: number;
  readonly run: number;
  readonly runNumber: string;
  readonly where: string;
  readonly who: string;
  readonly when: Moment;
  readonly took: string;
}

/** Deployments as rows, in their order. */
export function deploymentLines(
  records: readonly WireDeploymentRecord[],
  now: number,
): readonly DeploymentLine[] {
  return records.map((one) => {
    const attempt = one.stageAttempt > 1 ? ` (attempt ${one.stageAttempt})` : '';
    const from = one.startTime ?? one.queueTime;
    return {
      key: String(one.id),
      mark: markOf(one.result),
      pipeline: one.definition.name,
      definition: one.definition.id,
      run: one.owner.id,
      runNumber: one.owner.name,
      where: `${one.stageName}${attempt}, ${one.jobName}`,
      who: one.requestedFor?.displayName ?? '',
      when: moment(ago(one.finishTime, now), one.finishTime),
      took: elapsed(Math.max(0, Date.parse(one.finishTime) - Date.parse(from))),
    };
  });
}

/** The latest deployment of each pipeline; the pipeline that deployed last comes first. */
export function latestPerPipeline(lines: readonly DeploymentLine[]): readonly DeploymentLine[] {
  const seen = new Set<number>();
  return lines.filter(({ definition }) => {
    const fresh = !seen.has(definition);
    seen.add(definition);
    return fresh;
  });
}

function markOf(result: string): Mark {
  switch (result.toLowerCase()) {
    case 'succeeded':
      return { icon: 'succeeded', tone: 'good', label: 'succeeded' };
    case 'succeededwithissues':
    case 'partiallysucceeded':
      return { icon: 'issues', tone: 'warn', label: 'succeeded with issues' };
    case 'failed':
      return { icon: 'failed', tone: 'bad', label: 'failed' };
    case 'canceled':
      return { icon: 'canceled', tone: 'quiet', label: 'canceled' };
    case 'skipped':
      return { icon: 'skipped', tone: 'quiet', label: 'skipped' };
    default:
      return { icon: 'abandoned', tone: 'bad', label: result };
  }
}

/** An environment in the list. */
export interface EnvironmentRow {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  /** How its lock is; absent: it has none. */
  readonly lock?: { readonly id: number; readonly text: string; readonly busy: boolean };
}

/** The environments by name, each with its lock. */
export function environmentRows(
  environments: readonly WireEnvironment[],
  locks: readonly LockView[],
): readonly EnvironmentRow[] {
  return environments
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .map(({ id, name, description }) => {
      const lock = lockOf(id, locks);
      return { id, name, description, ...(lock !== undefined && { lock: lockPart(lock) }) };
    });
}

/** The lock of an environment. */
function lockOf(environment: number, locks: readonly LockView[]): LockView | undefined {
  return locks.find(
    ({ resourceType, resourceId, enabled }) =>
      enabled && resourceType === 'environment' && resourceId === String(environment),
  );
}

function lockPart(lock: LockView): NonNullable<EnvironmentRow['lock']> {
  const busy = lock.holders.length > 0 || lock.freeze !== undefined;
  const state = lock.freeze === undefined ? (busy ? 'occupied' : 'free') : 'frozen';
  const line = lock.waitersTotal === 0 ? '' : `, ${counted(lock.waitersTotal, 'run')} in line`;
  return { id: lock.id, text: `${state}${line}`, busy };
}
