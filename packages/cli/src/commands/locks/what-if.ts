import type {
  ConsequencesView,
  KeptStageView,
  StageOfRun,
  StageRef,
  WhatIfQuestion,
  WhatIfView,
} from '@signalbox/api';
import { POLICY_WORDS, type CancelTime } from '@signalbox/model';
import { InvalidArgumentError, type Command } from 'commander';
import type { Context } from '../../context.ts';
import { EXIT, CliError } from '../../exit-codes.ts';
import { integer, projectOf } from '../options.ts';
import { lockOf } from '../lock-target.ts';
import { patchOf, policyOptions, type PolicyOptions } from './policy-options.ts';

interface WhatIfOptions extends Omit<PolicyOptions, 'cancel'> {
  readonly cancel?: number | CancelTime;
  readonly withdraw?: StageOfRun;
  readonly approve?: StageOfRun;
  readonly hold?: StageOfRun;
  readonly unhold?: StageOfRun;
  readonly force?: StageOfRun;
  readonly freeze?: string | true;
  readonly exempt?: readonly string[];
  readonly unfreeze?: true;
}

const EXAMPLES = `
Examples:
  signalbox locks what-if production --capacity 2
  signalbox locks what-if production --cancel 41
  signalbox locks what-if production --force 42/Deploy
  signalbox locks what-if production --freeze 2026-12-27T08:00:00Z --exempt 'refs/heads/hotfix/*'`;

/** `signalbox locks what-if LOCK …`. */
export function addLocksWhatIf(locks: Command, context: Context): void {
  policyOptions(locks.command('what-if').argument('<lock>', 'the name or number of the lock'), ['cancel'])
    .option('--cancel <run>', `a run is cancelled; or the setting: ${CANCEL_TIMES.join(', ')}`, cancelOption)
    .option('--withdraw <run/stage>', 'a request is withdrawn', stageOfRun)
    .option('--approve <run/stage>', 'a stage gets its approvals', stageOfRun)
    .option('--hold <run/stage>', 'a request is taken out of its turn', stageOfRun)
    .option('--unhold <run/stage>', 'a held request takes its turn again', stageOfRun)
    .option('--force <run/stage>', 'a request is granted as soon as there is room', stageOfRun)
    .option('--freeze [until]', 'nobody is granted the lock before a time, or until somebody ends it')
    .option('--exempt <branch...>', 'branches that a freeze lets through: full names, or beginnings with *')
    .option('--unfreeze', 'the freeze is ended')
    .description('Say what would come of one thing that nobody has done. Nothing is changed.')
    .addHelpText('after', EXAMPLES)
    .action((lock: string, options: WhatIfOptions) => whatIf(context, lock, options));
}

const CANCEL_TIMES = POLICY_WORDS.cancel;

/** Here `--cancel` is a question as well as a setting: a number is a run, a word is the setting. */
function cancelOption(text: string): number | CancelTime {
  const time = CANCEL_TIMES.find((word) => word === text);
  if (time !== undefined || /^\d+$/.test(text)) return time ?? integer(1)(text);
  throw new InvalidArgumentError(`It is the number of a run, or one of: ${CANCEL_TIMES.join(', ')}.`);
}

function stageOfRun(text: string): StageOfRun {
  const [, run, stage] = /^(\d+)\/(.+)$/.exec(text) ?? [];
  if (run === undefined || stage === undefined) throw new InvalidArgumentError('It looks like 42/Deploy.');
  return { runId: Number(run), stage };
}

async function whatIf(context: Context, named: string, options: WhatIfOptions): Promise<void> {
  const question = questionOf(options);
  const project = await projectOf(context, options.project);
  const lock = await lockOf(context, project, named);
  const told = await context.client().whatIf(project, lock.id, question);
  const { terminal } = context;
  if (context.format() === 'json') return terminal.out(`${JSON.stringify(told, undefined, 2)}\n`);
  if (context.format() === 'tsv') return terminal.out(tsv(told));
  terminal.out(`${linesOf(told, question).join('\n')}\n`);
}

function questionOf(options: WhatIfOptions): WhatIfQuestion {
  const { cancel, freeze, exempt, ...others } = options;
  const isSetting = typeof cancel === 'string';
  const policy = patchOf(isSetting ? { ...others, cancel } : others);
  const asked = {
    ...(Object.keys(policy).length > 0 && { policy }),
    ...(!isSetting && { cancelRun: cancel }),
    ...(freeze !== undefined && { freeze: freezeOf(freeze, exempt) }),
    ...pick(others, ['withdraw', 'approve', 'hold', 'unhold', 'force', 'unfreeze']),
  };
  const questions: readonly WhatIfQuestion[] = Object.entries(asked)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ({ [name]: value }));
  const [question] = questions;
  if (question !== undefined && questions.length === 1) return question;
  const text =
    'Ask one thing: settings (--capacity 2), or --cancel, --withdraw, --approve, --hold, --unhold,';
  throw new CliError(EXIT.usage, `${text} --force, --freeze or --unfreeze.`);
}

function pick<T, K extends keyof T>(from: T, names: readonly K[]): Partial<Pick<T, K>> {
  return Object.fromEntries(names.map((name) => [name, from[name]])) as Partial<Pick<T, K>>;
}

function freezeOf(
  until: string | true,
  exempt: readonly string[] | undefined,
): NonNullable<WhatIfQuestion['freeze']> {
  return { ...(until !== true && { until }), ...(exempt !== undefined && { exempt }) };
}

function tsv({ requests }: WhatIfView): string {
  return requests
    .map(({ runId, stage, attempt, from, to }) => `${[runId, stage, attempt, from, to].join('\t')}\n`)
    .join('');
}

function linesOf(told: WhatIfView, { freeze }: WhatIfQuestion): readonly string[] {
  const { refusal, keeps, afterwards, bounded, waitersTotal } = told;
  if (refusal !== undefined) return [`It would be refused: ${refusal.message}`];
  const now = consequenceLines(told);
  const kept = keeps.map(keptText);
  const lines = now.length === 0 && kept.length === 0 ? ['Nothing would change at once.'] : [...now, ...kept];
  if (freeze !== undefined)
    lines.push('From then on only the branches that it exempts would be granted the lock.');
  if (afterwards !== undefined)
    lines.push('Once it is over:', ...consequenceLines(withoutFinished(afterwards)).map((one) => `  ${one}`));
  if (bounded) lines.push(`Only the first requests were looked at; ${waitersTotal} wait.`);
  return lines;
}

/** Whether the cancel reaches a holder at once, or waits for its end (Q6). */
function keptText(one: KeptStageView): string {
  const { protectedBy, pendingCancel } = one;
  const keeps = `${nameOf(one)} keeps its locks until it is over`;
  if (protectedBy === undefined) return `${keeps}, clean-up included.`;
  if (pendingCancel !== undefined) return `${keeps}. ${pendingCancel}`;
  return `${keeps}; the cancel takes effect then, for the lock of ${protectedBy.join(', ')} protects it.`;
}

/** That those end for whom one waited goes without saying. */
function withoutFinished({ requests, queues }: ConsequencesView): ConsequencesView {
  return { requests: requests.filter(({ to }) => to !== 'finished'), queues };
}

function consequenceLines({ requests, queues }: ConsequencesView): readonly string[] {
  const changes = requests.map((one) => `${nameOf(one)} ${fateOf(one)}`);
  const orders = queues.flatMap(({ lockName, before, after }) => [
    `The queue of ${lockName}: ${queueText(before)}`,
    `  would be: ${queueText(after)}`,
  ]);
  return [...changes, ...orders];
}

function fateOf({ to, supersededByRunId }: ConsequencesView['requests'][number]): string {
  if (supersededByRunId !== undefined) return `would be canceled, superseded by run ${supersededByRunId}.`;
  if (to === 'inUse') return 'would be granted.';
  return `would be ${to === 'timedOut' ? 'timed out' : to}.`;
}

function nameOf({ runId, definitionName, stage }: StageRef): string {
  return `Run ${runId} of ${definitionName} (${stage})`;
}

// A queue is read at a glance or not at all.
const SHOWN = 12;

function queueText(queue: readonly StageRef[]): string {
  if (queue.length === 0) return 'nobody';
  const shown = queue.slice(0, SHOWN).map(({ runId, definitionName }) => `${runId} ${definitionName}`);
  const more = queue.length > SHOWN ? `, … and ${queue.length - SHOWN} more` : '';
  return `${shown.join(', ')}${more}`;
}
