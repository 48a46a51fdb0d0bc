import type { ExplainView, ReasonView, StageExplainView } from '@signalbox/api';
import type { Command } from 'commander';
import type { Context } from '../../context.ts';
import { span } from '../../output/age.ts';
import { integer, projectOf } from '../options.ts';
import { startText } from './fate-text.ts';

/** `signalbox locks explain RUN`. */
export function addLocksExplain(locks: Command, context: Context): void {
  locks
    .command('explain')
    .argument('<run>', 'the run', integer(1))
    .option('--project <name>', 'the project (default: the only one)')
    .description('Say why each stage of a run waits, for whom, what can be done, and when it may start.')
    .addHelpText('after', '\nExample:\n  signalbox locks explain 42')
    .action((run: number, options: { readonly project?: string }) => explain(context, run, options.project));
}

async function explain(context: Context, run: number, named: string | undefined): Promise<void> {
  const project = await projectOf(context, named);
  const told = await context.client().explainRun(project, run);
  const { terminal } = context;
  if (context.format() === 'json') return terminal.out(`${JSON.stringify(told, undefined, 2)}\n`);
  if (context.format() === 'tsv') return terminal.out(told.stages.flatMap(tsvLines).join(''));
  if (told.stages.length === 0) return terminal.out(`No stage of run ${run} waits.\n`);
  terminal.out(`${told.stages.map((stage) => stageText(stage, context.now())).join('\n')}`);
  terminal.out(circleText(told));
}

function tsvLines({ stage, attempt, reasons, chain }: StageExplainView): readonly string[] {
  if (reasons.length === 0) return [`${[stage, attempt, '', chain.join(' '), '', ''].join('\t')}\n`];
  return reasons.map(
    ({ kind, text, since, until }) => `${[stage, attempt, kind, text, since, until ?? ''].join('\t')}\n`,
  );
}

function stageText(stage: StageExplainView, now: number): string {
  const attempt = stage.attempt > 1 ? ` (attempt ${stage.attempt})` : '';
  const places = stage.places.map(({ lockName, position }) => `number ${position} at ${lockName}`).join(', ');
  const waits = stage.since === undefined ? '' : ` · waits ${span(now - Date.parse(stage.since))}`;
  const lines = [`${stage.stage}${attempt}${places === '' ? '' : ` · ${places}`}${waits}`];
  if (stage.forecast !== undefined) {
    const { p50, p90, byRate } = stage.forecast;
    lines.push(`  ${startText({ p50, p90 }, now)}${byRate ? ', by the pace of the queue' : ''}`);
  }
  if (stage.pendingCancel !== undefined) lines.push(`  ${stage.pendingCancel}`);
  lines.push(...stage.reasons.flatMap((reason) => reasonLines(reason, now)));
  if (stage.chain.length > 0) lines.push('  In the end:', ...stage.chain.map((step) => `    → ${step}`));
  return `${lines.join('\n')}\n`;
}

function reasonLines(
  { text, advice, since, until, inside = [] }: ReasonView,
  now: number,
): readonly string[] {
  const times = [
    `for ${span(now - Date.parse(since))}`,
    ...(until === undefined ? [] : [`until ${until}`]),
  ].join(', ');
  return [`  • ${text} (${times})`, ...inside.map((one) => `    ${one}`), `    ${advice}`];
}

function circleText({ circle }: ExplainView): string {
  if (circle === undefined) return '';
  return `\nThese wait for each other and never end:\n${circle.map((step) => `  → ${step}\n`).join('')}`;
}
