import { MAX_EVALUATIONS, type Instant } from '@signalbox/model';
import { checkName, isUndecided, kindOf, type CheckProgress, type CheckRun } from '../check/check-run.ts';
import type { CheckOperation } from '../check/kind.ts';
import { MAX_REASON } from '../interlocking/limits.ts';
import type { Refusal } from '../refusals.ts';
import { refuse, replyStatus, stageInAttempt } from './check-turn.ts';
import { lookAtCheck, tellApproved } from './look-at-check.ts';
import type { RunMessage } from './messages.ts';
import { checkOf, recordCheck, wake } from './record-check.ts';
import type { StageState } from './state.ts';
import { stageOf, type Turn } from './turn.ts';

type OperateCheck = Extract<RunMessage, { type: 'OperateCheck' }>;

/**
 * An operator passes a check by, has it evaluated anew, or puts it off, while the stage waits for its checkpoint
 * (CHK-50, CHK-51, CHK-53). It is judged as it stands at this instant; what is decided for good stays so.
 */
export function operateCheck(turn: Turn, message: OperateCheck): void {
  const known = stageInAttempt(turn, message);
  if (known !== undefined) lookAtCheck(turn, known.name, message.check);
  const stage = known && stageOf(turn.state, known.name);
  const check = checkOf(stage, message.check);
  if (stage === undefined || check === undefined) {
    return refuse(turn, { code: 'check-not-found', message: 'The run has no such check.' });
  }
  const refusal = refusalOf(stage, check, message) ?? timeRefusal(turn.now, check, message);
  if (refusal !== undefined) return refuse(turn, refusal);
  const { what, by, reason, until } = message;
  const place = { stage: stage.name, check: check.number, at: turn.now };
  const more = { what, by: by.name, reason, ...progressAfter(check, what, turn.now) };
  const later = what === 'defer' && until !== undefined ? { until } : {};
  recordCheck(turn, stage, { type: 'CheckOperated', ...place, ...more, ...later });
  if (what === 'bypass') tellApproved(turn, stage, check);
  wake(turn, stage, check.number);
  replyStatus(turn, stage.name, check.number);
}

/** What an administrator of its resource could do about a check of a stage now. */
export function possibleOperations(stage: StageState, check: CheckRun): readonly CheckOperation[] {
  const by = { name: '', groups: [], administrator: true };
  return kindOf(check).operations.filter((what) => {
    const refusal = refusalOf(stage, check, { what, by, reason: '' });
    return refusal === undefined && (what !== 'rerun' || rerunRefusal(check) === undefined);
  });
}

/** A rerun asks anew at once; what is passed by waits for nobody any more. */
function progressAfter(
  check: CheckRun,
  what: CheckOperation,
  now: Instant,
): { readonly progress?: CheckProgress } {
  const { progress, configuration } = check;
  if (progress === undefined || what === 'defer') return {};
  const kind = kindOf(check);
  if (what === 'bypass') return { progress: kind.close(progress, 'canceled') };
  const { settings } = configuration;
  return kind.evaluate === undefined ? {} : { progress: kind.evaluate({ settings, progress }, now) };
}

function refusalOf(
  stage: StageState,
  check: CheckRun,
  { what, by, reason }: Pick<OperateCheck, 'what' | 'by' | 'reason'>,
): Refusal | undefined {
  const name = checkName(check);
  if (reason.length > MAX_REASON) {
    return { code: 'reason-missing', message: `A reason has at most ${MAX_REASON} characters.` };
  }
  if (!kindOf(check).operations.includes(what)) {
    return { code: 'check-operation', message: `${name} is of a kind for which there is no ${what}.` };
  }
  if (what === 'bypass' && !by.administrator) {
    return {
      code: 'check-not-administrator',
      message: `${by.name} does not administer ${check.configuration.resource.name}.`,
    };
  }
  const isAwaited =
    stage.phase === 'waiting' || (stage.phase === 'running' && check.category === 'postDeployment');
  if (!isAwaited || !isOperable(check, what)) {
    return { code: 'check-over', message: `${name} is ${check.status}, and the stage does not wait for it.` };
  }
  return undefined;
}

/** A rerun and a deferral need a check that has begun; one that has answered can be asked anew (CHK-51). */
function isOperable(check: CheckRun, what: CheckOperation): boolean {
  switch (what) {
    case 'bypass':
      return isUndecided(check) || check.validUntil !== undefined;
    case 'defer':
      return check.status !== 'queued' && (isUndecided(check) || check.validUntil !== undefined);
    case 'rerun':
      return check.status === 'approved' || (check.status !== 'queued' && isUndecided(check));
  }
}

function timeRefusal(now: Instant, check: CheckRun, { what, until }: OperateCheck): Refusal | undefined {
  if (what === 'rerun') return rerunRefusal(check);
  const isAhead = until !== undefined && until > now && until < (check.dueAt ?? now);
  if (what === 'bypass' || isAhead) return undefined;
  const message = 'A check is put off to a time that lies in the future and before its time-out.';
  return { code: 'check-deferral', message };
}

/** The answer that is awaited would be lost; and there is an end to asking (CHK-36). */
function rerunRefusal({ progress }: CheckRun): Refusal | undefined {
  if (progress?.kind !== 'invoke') return undefined;
  const { state, evaluation } = progress;
  if (state === 'called' || state === 'accepted') {
    const message = 'The check is being evaluated; it is run again when that is over.';
    return { code: 'check-running', message };
  }
  if (evaluation < MAX_EVALUATIONS) return undefined;
  return { code: 'check-evaluations', message: `A check is evaluated at most ${MAX_EVALUATIONS} times.` };
}
