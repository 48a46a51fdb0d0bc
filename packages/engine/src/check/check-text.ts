import { minuteText } from '@signalbox/model';
import type { RunState, StageState } from '../run/state.ts';
import { isBeforeJobs } from './checkpoint.ts';
import { approvalSteps, checkName, isAtWork, kindOf, type CheckRun } from './check-run.ts';
import { clause, listed } from './sentence.ts';
import { waitWords } from './wait-words.ts';

/**
 * For what a stage waits because of a check, since when, until when, and who can act, as what follows the name of the
 * stage: `waits for approval of prod by ann since …`. Undefined: it does not wait for it now. The command line, REST
 * and the page all show this one. `pipeline`: the name of the pipeline.
 */
export function checkWait(check: CheckRun, pipeline: string): string | undefined {
  const { status, startedAt, dueAt, passedAt, deferredUntil } = check;
  const isAwaited = isAtWork(status) || status === 'deferred';
  if (!isAwaited || startedAt === undefined || dueAt === undefined) return undefined;
  const { what, known, until } = waitWords(check, pipeline);
  const again = passedAt === undefined ? '' : 'again ';
  const lapsed = passedAt === undefined ? [] : [`passed last at ${minuteText(passedAt)}`];
  const opens = status === 'deferred' && deferredUntil !== undefined ? minuteText(deferredUntil) : until;
  const end = opens === undefined ? '' : ` until ${opens}`;
  const clauses = [
    `waits ${again}${what} since ${minuteText(startedAt)}${end}`,
    ...lapsed,
    ...operatedWords(check),
    ...known,
    `times out at ${minuteText(dueAt)}`,
  ];
  const who = whoCanAct(check);
  return `${clauses.join(', ')}${who === '' ? '' : `; ${who}`}`;
}

/** How a check of a stage stands, in one sentence: REST, the command line and the page all show this one. */
export function checkSentence(
  { definition }: Pick<RunState, 'definition'>,
  stage: StageState,
  check: CheckRun,
): string {
  return checkText(check, definition.name, isOver(stage, check));
}

/** Whether the stage waits for the check now. */
export function isAwaited(stage: StageState, check: CheckRun): boolean {
  const { status, startedAt } = check;
  return !isOver(stage, check) && startedAt !== undefined && (isAtWork(status) || status === 'deferred');
}

/** Whether the stage waits for the check no more, whatever the check says. */
function isOver({ phase }: StageState, check: CheckRun): boolean {
  return phase === 'completed' || (phase === 'running' && isBeforeJobs(check));
}

/**
 * How a check stands, in one sentence: what is awaited, or how and when it ended. `over`: its stage waits no more.
 */
function checkText(check: CheckRun, pipeline: string, over: boolean): string {
  const wait = over ? undefined : checkWait(check, pipeline);
  if (wait !== undefined) return `${wait.charAt(0).toUpperCase()}${wait.slice(1)}.`;
  return `${checkName(check)} ${endWords(check, over)}.`;
}

/** What became of a check that is not awaited. */
function endWords(check: CheckRun, over: boolean): string {
  const { status, endedAt } = check;
  const at = endedAt === undefined ? '' : ` at ${minuteText(endedAt)}`;
  switch (status) {
    case 'approved':
      return `passed${at}${passedWords(check, over)}`;
    case 'bypassed':
      return `was bypassed${at}${byWords(check)}`;
    case 'rejected':
      return `did not pass${at}${whyWords(check)}`;
    case 'timedOut':
      return `timed out${at}${messageWords(check)}`;
    case 'canceled':
      return `was canceled${at}`;
    case 'queued':
    case 'running':
    case 'rerunning':
    case 'deferred':
      return over ? 'was not decided' : 'is to come: it begins when what stands before it has passed';
  }
}

/** Who decided, and how long it counts. */
function passedWords(check: CheckRun, over: boolean): string {
  const people = approvalSteps(check).flatMap(({ status, actual }) =>
    status === 'approved' && actual !== undefined ? [actual] : [],
  );
  const by = people.length === 0 ? '' : `, approved by ${listed([...new Set(people)], 'and')}`;
  const { validUntil } = check;
  return validUntil === undefined || over ? by : `${by}, and counts until ${minuteText(validUntil)}`;
}

/** What an operator did to it that still matters. */
function operatedWords({ status, operated }: CheckRun): readonly string[] {
  if (operated === undefined) return [];
  const { what, by, at, reason } = operated;
  const why = reason === '' ? '' : `: ${clause(reason)}`;
  if (status === 'deferred') return [`put off by ${by}${why}`];
  return what === 'rerun' ? [`run again by ${by} at ${minuteText(at)}${why}`] : [];
}

function byWords({ operated }: CheckRun): string {
  if (operated === undefined) return '';
  const { by, reason } = operated;
  return `, by ${by}${reason === '' ? '' : `: ${clause(reason)}`}`;
}

function whyWords(check: CheckRun): string {
  const why = check.progress === undefined ? '' : clause(kindOf(check).why(check.progress));
  return why === '' ? '' : `: ${why}`;
}

function messageWords({ message = '' }: CheckRun): string {
  const said = clause(message);
  return said === '' ? '' : `: ${said.charAt(0).toLowerCase()}${said.slice(1)}`;
}

/** What people can do about it besides deciding; nothing can be done about what a step on the server asks. */
function whoCanAct(check: CheckRun): string {
  const { category, configuration } = check;
  const { name } = configuration.resource;
  if (configuration.settings.kind === 'authorization') return `administrators of ${name} can`;
  if (category === 'inJob') return '';
  const { operations } = kindOf(check);
  const bypass = operations.includes('bypass') ? [`administrators of ${name} may bypass it`] : [];
  const later = operations.includes('defer')
    ? [`contributors may ${isAsked(check) ? '' : 'run it again or '}put it off`]
    : [];
  return [...bypass, ...later].join(', ');
}

/** An evaluation is under way: it has to end before another one. */
function isAsked({ progress }: CheckRun): boolean {
  return progress?.kind === 'invoke' && (progress.state === 'called' || progress.state === 'accepted');
}
