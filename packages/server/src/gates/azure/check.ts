import { createHash } from 'node:crypto';
import type { CallerChannel } from '@signalbox/engine';
import type { Instant } from '@signalbox/model';
import type { Sealer } from '../../auth/sealer.ts';

/** One check run of Azure DevOps that waits to be called back, and the stage attempt that it is for (HOOK-2). */
export interface AzureCheck {
  /** The name of the gate that it came through. */
  readonly gate: string;
  /** The organisation's address, with a slash at its end. */
  readonly planUrl: string;
  readonly projectId: string;
  readonly hubName: string;
  readonly planId: string;
  readonly jobId: string;
  readonly timelineId: string;
  readonly taskInstanceId: string;
  readonly authToken: string;
  /** When it asked: `authToken` lives for 48 hours from then (HOOK-8). */
  readonly askedAt: Instant;
  readonly runId: number;
  readonly stage: string;
  readonly attempt: number;
  /** The project's name, as people know it. */
  readonly project: string;
}

/** Its channel: another check run of the same stage attempt is another channel of the same request. */
export function checkChannel(sealer: Sealer, check: AzureCheck): CallerChannel {
  const { planUrl, projectId, planId, jobId, taskInstanceId, runId } = check;
  return {
    kind: 'azureCheck',
    id: digest([planId, jobId, taskInstanceId]),
    shown: `${planUrl}${projectId}/_build/results?buildId=${runId}`,
    sealed: sealer.seal(JSON.stringify(check)),
  };
}

/** The check of a channel; undefined when it is none, or was sealed with another key than this server has. */
export function openCheck(sealer: Sealer, { kind, sealed }: CallerChannel): AzureCheck | undefined {
  const text = kind === 'azureCheck' ? sealer.open(sealed) : '';
  return text.startsWith('{"') ? (JSON.parse(text) as AzureCheck) : undefined;
}

/**
 * One request for one stage attempt and its locks, however often Azure asks (INV-36). The order of the locks does
 * not matter: it is one bundle.
 */
export function requestOf(check: AzureCheck, locks: readonly number[]): string {
  const { gate, planUrl, projectId, runId, stage, attempt } = check;
  const sorted = locks.toSorted((a, b) => a - b);
  const who = [gate.toLowerCase(), planUrl, projectId, runId, stage.toLowerCase(), attempt, ...sorted];
  return `azure-${runId}-${attempt}-${digest(who)}`;
}

/** As the queue shows it. */
export function callerOf({ planUrl, project, runId, stage, attempt }: AzureCheck): string {
  const { hostname, pathname } = new URL(planUrl);
  const [organization = hostname] = pathname
    .split('/')
    .filter((part) => part !== '')
    .slice(-1);
  const again = attempt > 1 ? `, attempt ${attempt}` : '';
  return `Azure DevOps: ${organization}/${project} run ${runId} stage ${stage}${again}`.slice(0, 128);
}

function digest(parts: readonly (string | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}
