import {
  MAX_EVALUATIONS,
  minutes,
  type Instant,
  type InvokeSettings,
  type InvokeTask,
} from '@signalbox/model';
import type { CheckAnswer, CheckKind, UnderWay, Verdict } from './kind.ts';

/** How far a check is that asks an HTTP service. */
export interface InvokeProgress {
  readonly kind: 'invoke';
  /** The number of the latest evaluation, from 1 (CHK-36). */
  readonly evaluation: number;
  /** When it began. */
  readonly invokedAt: Instant;
  /** `called`: no answer yet; `accepted`: a callback is to come (HOOK-5). */
  readonly state: 'called' | 'accepted' | 'passed' | 'failed';
  readonly answeredAt?: Instant;
  /** What the service said last, or what went wrong. */
  readonly message?: string;
  /** The last pass counts until then, also while a later evaluation is under way (CHK-34). */
  readonly validUntil?: Instant;
}

type InvokeCheck = UnderWay<InvokeSettings, InvokeProgress>;

/**
 * Asks an HTTP service (HOOK-4, HOOK-5). Without a retry interval the first answer is final (GAP-25). With one of r
 * minutes it is asked again every r minutes until the stage starts, and each pass counts for r minutes (CHK-34). While
 * an answer is awaited no other evaluation begins: the one under way is the one that may answer.
 */
export const invoke: CheckKind<InvokeSettings, InvokeProgress, never> = {
  name: ({ displayName, task }) => (displayName === '' ? TASK_NAMES[task] : displayName),
  awaitsPerson: false,
  operations: ['bypass', 'rerun', 'defer'],
  category: () => 'dynamic',
  start: (_, at) => called(1, at),
  answer: answered,
  evaluate: ({ progress }, now) => called(progress.evaluation + 1, now),
  evaluation: ({ evaluation }) => evaluation,
  pass: passed,
  verdict: verdictOf,
  wakeAt: nextEvaluation,
  close: (progress) => progress,
  onRejected: 'failed',
  onTimeOut: 'skipped',
  why: ({ message = '', state }) => (message === '' ? SILENT[state] : message.replace(/\.$/, '')),
};

const TASK_NAMES: Readonly<Record<InvokeTask, string>> = {
  restApi: 'Invoke REST API',
  azureFunction: 'Invoke Azure Function',
  azureMonitor: 'Query Azure Monitor alerts',
  serviceNow: 'ServiceNow change',
};

/** What there is to say when the service said nothing. */
const SILENT: Readonly<Record<InvokeProgress['state'], string>> = {
  called: 'the service has not answered',
  accepted: 'the service has not called back',
  passed: 'its last pass counts no more',
  failed: 'the answer was negative',
};

function called(evaluation: number, invokedAt: Instant): InvokeProgress {
  return { kind: 'invoke', evaluation, invokedAt, state: 'called' };
}

/** Only the evaluation under way can be answered, once; a callback may come before the answer to the call (HOOK-7). */
function answered(
  { settings, progress }: InvokeCheck,
  { evaluation, answer, message }: CheckAnswer,
  now: Instant,
): InvokeProgress | undefined {
  const { state, evaluation: open, invokedAt, validUntil } = progress;
  const isOpen = evaluation === open && (state === 'called' || state === 'accepted');
  if (!isOpen) return undefined;
  const said = { ...(message !== '' && { message }) };
  if (answer === 'accepted') {
    const isNews = state === 'called' && settings.completion === 'callback';
    return isNews ? { ...progress, state: 'accepted', ...said } : undefined;
  }
  const next = { kind: 'invoke', evaluation, invokedAt, state: answer, answeredAt: now, ...said } as const;
  const interval = retryOf(settings);
  if (answer === 'failed' || interval === 0) return next;
  return { ...next, validUntil: Math.max(now + interval, validUntil ?? 0) };
}

/** A pass whose time is over counts no more; when the interval is over, the service is asked again. */
function passed(check: InvokeCheck, now: Instant): InvokeProgress {
  const { validUntil, ...rest } = check.progress;
  const progress: InvokeProgress = validUntil !== undefined && validUntil > now ? check.progress : rest;
  const next = nextEvaluation(check);
  if (next === undefined || next > now) return progress;
  const kept = progress.validUntil === undefined ? {} : { validUntil: progress.validUntil };
  return { ...called(progress.evaluation + 1, now), ...kept };
}

function verdictOf({ settings, progress }: InvokeCheck): Verdict {
  const { state, validUntil, evaluation } = progress;
  if (retryOf(settings) === 0) {
    if (state === 'passed') return 'approved';
    return state === 'failed' ? 'rejected' : 'running';
  }
  if (validUntil !== undefined) return { approvedUntil: validUntil };
  const isOpen = state === 'called' || state === 'accepted';
  return !isOpen && evaluation >= MAX_EVALUATIONS ? 'timedOut' : 'running';
}

/** Every r minutes, but not before the evaluation under way is answered; undefined: never (CHK-34, CHK-36). */
function nextEvaluation({ settings, progress }: InvokeCheck): Instant | undefined {
  const { state, evaluation, invokedAt, answeredAt = invokedAt } = progress;
  const interval = retryOf(settings);
  if (interval === 0 || evaluation >= MAX_EVALUATIONS) return undefined;
  if (state === 'called' || state === 'accepted') return undefined;
  return Math.max(invokedAt + interval, answeredAt);
}

function retryOf({ retryMinutes = 0 }: InvokeSettings): number {
  return minutes(retryMinutes);
}
