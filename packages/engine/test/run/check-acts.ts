import {
  approvalSteps,
  checkSentence,
  type ApprovalStep,
  type CheckAct,
  type CheckAnswer,
  type CheckOperation,
  type CheckRun,
  type Reply,
  type StageState,
} from '@signalbox/engine';
import { BIRTHDAY, MINUTE, type OneRun } from './one-run.ts';
import { approverOf } from './short-checks.ts';

/** What a line of a story does. */
export type Act = (run: OneRun, match: readonly string[]) => Reply | undefined | void;

const WHO = /^(administrator )?(\S+?)(?: of (\S+))? (approves|rejects|hands on) ([^\s#:]+)(?:#(\d+))?/;
const HOW = /(?: as (\S+))?(?: to (\S+))?(?: not before (\d+))?(?:: (.*))?$/;

/** What happens at checkpoints: `ann of ops+dev approves A#2 as @ops not before 30: fine`. */
export const CHECK_ACTS: readonly (readonly [RegExp, Act])[] = [
  [
    /^(\S+) may ask for approvals$/,
    (run, [stage = '']) => void run.tell({ type: 'AskApprovals', stage, attempt: run.stage(stage).attempt }),
  ],
  [new RegExp(WHO.source + HOW.source), actOnCheck],
  [/^([^\s#]+)(?:#(\d+))? answers (passed|failed|accepted)(?: to (\d+))?(?:: (.*))?$/, answerCheck],
  [
    /^(administrator )?(\S+) (bypasses|reruns|defers) ([^\s#]+)(?:#(\d+))?(?: until (\d+))?(?:: (.*))?$/,
    operateCheck,
  ],
  [/^(\S+) may be used$/, (run, [id = '']) => permit(run, id, true)],
  [/^(\S+) may be used, and nobody tells the run$/, (run, [id = '']) => void run.forbidden.delete(id)],
  [/^(\S+) may not be used$/, (run, [id = '']) => permit(run, id, false)],
  [/^(\S+) is deleted$/, (run, [id = '']) => remove(run, id)],
  [/^(\S+) is deleted, and nobody tells the run$/, (run, [id = '']) => vanish(run, id)],
  [/^nothing checks (\S+) any more$/, (run, [id = '']) => void (run.checks = { ...run.checks, [id]: [] })],
];

/** The service of a check answers; without a number, the evaluation under way. */
function answerCheck(run: OneRun, match: readonly string[]): Reply | undefined {
  const [stage = '', number = '', answer = '', evaluation = '', message = ''] = match;
  const { attempt, checkpoint } = run.stage(stage);
  const check = Number(number || '1');
  const progress = checkpoint?.checks.find((one) => one.number === check)?.progress;
  const latest = progress?.kind === 'invoke' ? progress.evaluation : 0;
  return run.tell({
    type: 'CheckAnswered',
    stage,
    attempt,
    check,
    evaluation: evaluation === '' ? latest : Number(evaluation),
    // The pattern lets only these through.
    answer: answer as CheckAnswer['answer'],
    message,
  }).reply;
}

const OPERATIONS: Readonly<Record<string, CheckOperation>> = {
  bypasses: 'bypass',
  reruns: 'rerun',
  defers: 'defer',
};

function operateCheck(run: OneRun, match: readonly string[]): Reply | undefined {
  const [administrator = '', name = '', verb = '', stage = '', check = '', until = '', reason = ''] = match;
  return run.tell({
    type: 'OperateCheck',
    stage,
    attempt: run.stage(stage).attempt,
    check: Number(check || '1'),
    what: OPERATIONS[verb] ?? 'bypass',
    by: { name, groups: [], administrator: administrator !== '' },
    reason,
    ...(until !== '' && { until: BIRTHDAY + Number(until) * MINUTE }),
  }).reply;
}

/** What was said about the pipelines of a resource goes with it. */
function vanish(run: OneRun, id: string): void {
  run.gone.add(id);
  run.forbidden.delete(id);
}

function remove(run: OneRun, id: string): void {
  vanish(run, id);
  run.tell({ type: 'ResourceDeleted', resource: { type: 'environment', id }, by: 'eve' });
}

function permit(run: OneRun, id: string, may: boolean): void {
  if (may) run.forbidden.delete(id);
  else run.forbidden.add(id);
  run.tell({ type: 'PermissionChanged', resource: { type: 'environment', id } });
}

function actOnCheck(run: OneRun, match: readonly string[]): Reply | undefined {
  const [administrator = '', name = '', groups = '', verb = '', stage = '', check = ''] = match;
  const attempt = run.stage(stage).attempt;
  const by = { name, groups: groups.split('+').filter(Boolean), administrator: administrator !== '' };
  const act = actOf(verb, match.slice(6));
  return run.tell({ type: 'ActOnCheck', stage, attempt, check: Number(check || '1'), by, act }).reply;
}

function actOf(verb: string, [as = '', to = '', later = '', comment = '']: readonly string[]): CheckAct {
  const more = { ...(comment && { comment }), ...(as && { assigned: as.replace(/^@/, '') }) };
  if (verb === 'rejects') return { what: 'reject', ...more };
  if (verb === 'hands on') return { what: 'reassign', to: approverOf(to), ...more };
  const deferral = later === '' ? {} : { deferredTo: BIRTHDAY + Number(later) * MINUTE };
  return { what: 'approve', ...more, ...deferral };
}

/** The checks of a stage, a line each: `prod running: ann approved, @ops pending`. */
export function checkLines({ checkpoint }: StageState): readonly string[] {
  return (checkpoint?.checks ?? []).map(checkLine);
}

/** How each check of a stage stands, in the sentence that people read. */
export function saidLines({ state }: OneRun, stage: StageState): readonly string[] {
  return (stage.checkpoint?.checks ?? []).map((check) => checkSentence(state, stage, check));
}

/** What an operator did about the first check that one did something about: `bypass by dan at 3: it is down`. */
export function operatedLine({ checkpoint }: StageState): string | null {
  const operated = checkpoint?.checks.find((check) => check.operated !== undefined)?.operated;
  if (operated === undefined) return null;
  const { what, by, at, reason } = operated;
  return `${what} by ${by} at ${(at - BIRTHDAY) / MINUTE}: ${reason}`;
}

function checkLine(check: CheckRun): string {
  const { configuration, status, validUntil, message } = check;
  const end = validUntil === undefined ? '' : ` until ${(validUntil - BIRTHDAY) / MINUTE}`;
  const what = `${configuration.resource.name} ${status}${end}`;
  const how = progressWords(check);
  return [what, ...(how === '' ? [] : [how]), ...(message === undefined ? [] : [message])].join(': ');
}

/** The places of an approval, or the evaluation of a service: `gate #2 failed`. */
function progressWords(check: CheckRun): string {
  const { progress, configuration } = check;
  if (progress?.kind === 'invoke') {
    const { settings } = configuration;
    const name = settings.kind === 'invoke' ? settings.displayName : '';
    return `${name} #${progress.evaluation} ${progress.state}`;
  }
  if (progress?.kind === 'authorization') return 'permission';
  return approvalSteps(check).map(stepWords).join(', ');
}

function stepWords({ assigned, status, actual, comment }: ApprovalStep): string {
  const name = assigned.kind === 'group' ? `@${assigned.name}` : assigned.name;
  const by = actual === undefined || actual === assigned.name ? '' : ` by ${actual}`;
  return `${name} ${status}${by}${comment === undefined ? '' : ` (${comment})`}`;
}
