import type { ApprovalStep, CheckAct, CheckRun, Reply, StageState } from '@signalbox/engine';
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
    (run, [stage = '']) => void run.tell({ type: 'AskApprovals', stage, attempt: 1 }),
  ],
  [new RegExp(WHO.source + HOW.source), actOnCheck],
];

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

function checkLine({ configuration, status, progress, message }: CheckRun): string {
  const steps = progress?.steps.map(stepWords).join(', ');
  const what = `${configuration.resource.name} ${status}`;
  return [what, ...(steps === undefined ? [] : [steps]), ...(message === undefined ? [] : [message])].join(
    ': ',
  );
}

function stepWords({ assigned, status, actual, comment }: ApprovalStep): string {
  const name = assigned.kind === 'group' ? `@${assigned.name}` : assigned.name;
  const by = actual === undefined || actual === assigned.name ? '' : ` by ${actual}`;
  return `${name} ${status}${by}${comment === undefined ? '' : ` (${comment})`}`;
}
