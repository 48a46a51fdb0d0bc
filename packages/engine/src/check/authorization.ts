import { minutes, type Instant } from '@signalbox/model';
import type { CheckKind } from './kind.ts';

/** The first gate: whether the pipeline may use the resource (CHK-3, CHK-23). Nobody sets it up; it is there by itself. */
export interface AuthorizationSettings {
  readonly kind: 'authorization';
}

/** Whether somebody has permitted it. */
export interface AuthorizationProgress {
  readonly kind: 'authorization';
  readonly permittedAt?: Instant;
}

/** A permission that came while nobody listened is seen after so long at the latest. */
const LOOK_AGAIN = minutes(5);

/** Waits until somebody permits the pipeline to use the resource; once permitted, it stays so for this stage attempt. */
export const authorization: CheckKind<AuthorizationSettings, AuthorizationProgress, never> = {
  name: () => 'Permission',
  awaitsPerson: true,
  operations: [],
  category: () => 'system',
  start: (_, at, { permitted }) => progressOf(permitted, at),
  pass: ({ progress }, now, { permitted }) =>
    progress.permittedAt === undefined ? progressOf(permitted, now) : progress,
  verdict: ({ progress: { permittedAt } }) => (permittedAt === undefined ? 'running' : 'approved'),
  wakeAt: () => undefined,
  looksEvery: LOOK_AGAIN,
  close: (progress) => progress,
  onRejected: 'failed',
  onTimeOut: 'skipped',
  why: () => 'nobody has permitted the pipeline to use it',
};

function progressOf(permitted: boolean, at: Instant): AuthorizationProgress {
  return { kind: 'authorization', ...(permitted && { permittedAt: at }) };
}
