import { formatDiagnostics, type LockWish } from '@signalbox/compiler';
import type { Diagnostic } from '@signalbox/model';
import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { EXIT, CliError } from '../exit-codes.ts';
import { applyChanges, namesOf } from '../policy/apply.ts';
import { consequencesOf, consequenceText } from '../policy/consequences.ts';
import { compare, type Comparison } from '../policy/difference.ts';
import { comparisonAsJson, json, printComparison, printLocks } from '../policy/print-policy.ts';
import { checkedFile, locksOf, POLICY_FILE } from '../policy/read-file.ts';
import { serverLocks } from '../policy/server-locks.ts';
import { spanWarnings } from '../policy/span-pipelines.ts';
import { wantedLocks } from '../policy/wanted-locks.ts';
import { projectOf } from './options.ts';

interface ProjectOption {
  readonly project?: string;
}

const FILE = 'the policy file, or `-` for the standard input';

/** `signalbox policy check|diff|apply|export`. */
export function addPolicy(program: Command, context: Context): void {
  const policy = program
    .command('policy')
    .description('Keep the settings of locks in a file of a repository.');
  policy
    .command('check')
    .argument('[file]', FILE, POLICY_FILE)
    .description('Report every mistake of a policy file, with line and column; no server is asked.')
    .addHelpText('after', CHECK_HELP)
    .action((file: string) => check(context, file));
  withProject(policy.command('diff').argument('[file]', FILE, POLICY_FILE))
    .description('Show what the file would change on the server, and which locks it does not name.')
    .addHelpText('after', DIFF_HELP)
    .action((file: string, options: ProjectOption) => diff(context, file, options));
  withProject(policy.command('apply').argument('[file]', FILE, POLICY_FILE))
    .option('--yes', 'do not ask; needed where nobody is there to answer')
    .description('Make the locks of the server as the file says, after showing what changes.')
    .addHelpText('after', APPLY_HELP)
    .action((file: string, options: ProjectOption & { readonly yes?: true }) =>
      apply(context, file, options),
    );
  withProject(policy.command('export'))
    .description('Print the locks of the server as a policy file.')
    .addHelpText('after', '\nExample:\n  signalbox policy export > signalbox.policy.yml')
    .action((options: ProjectOption) => exportLocks(context, options));
}

const CHECK_HELP = `
Examples:
  signalbox policy check
  git show main:signalbox.policy.yml | signalbox policy check -

Exit codes: 0 valid · 1 not valid · 5 no such file.`;

const DIFF_HELP = `
Examples:
  signalbox policy diff
  signalbox policy diff deploy/locks.yml --project Shop --output tsv

Exit codes: 0 the server is as the file says · 1 it differs, or the file is not valid · 5 no such file or pipeline.`;

const APPLY_HELP = `
Examples:
  signalbox policy apply                         # shows the changes and asks
  signalbox policy apply --yes --project Shop    # in a pipeline

Locks that the file does not name stay as they are; none is ever removed. Holders keep their locks, and those who wait
are judged by the new settings at once.
Exit codes: 0 done, or nothing to do · 1 refused, answered with no, or the file is not valid · 2 nobody to ask and no --yes · 5 no such file or pipeline.`;

function withProject(command: Command): Command {
  return command.option('--project <name>', 'the project (default: the only one)');
}

async function check(context: Context, file: string): Promise<void> {
  const { terminal } = context;
  const { name, result } = await checkedFile(terminal, file);
  const diagnostics = result.ok ? [] : result.diagnostics;
  if (context.format() === 'json') {
    const locks = result.ok ? result.locks : undefined;
    terminal.out(json({ file: name, valid: result.ok, locks, diagnostics }));
  } else if (context.format() === 'tsv') {
    terminal.out(diagnostics.map((one) => tsvLine(one)).join(''));
  } else terminal.out(formatDiagnostics(diagnostics));
  if (!result.ok) throw new CliError(EXIT.failed, `${name} is not valid.`);
  const { length } = result.locks;
  terminal.err(`${name} is valid: ${length} ${length === 1 ? 'lock' : 'locks'}.\n`);
}

function tsvLine({ range, code, message }: Diagnostic): string {
  return `${[range.file, range.line, range.column, code, message].join('\t')}\n`;
}

async function compared(
  context: Context,
  file: string,
  options: ProjectOption,
): Promise<Comparison & { readonly project: string }> {
  const locks = await locksOf(context.terminal, file);
  const project = await projectOf(context, options.project);
  const client = context.client();
  for (const warning of await spanWarnings(client, project, locks)) context.terminal.err(`${warning}\n`);
  const wanted = await wantedLocks(client, project, locks);
  return { ...compare(wanted, await serverLocks(client, project)), project };
}

async function diff(context: Context, file: string, options: ProjectOption): Promise<void> {
  const comparison = await compared(context, file, options);
  printComparison(context.terminal, context.format(), comparison);
  const { changes } = comparison;
  if (changes.length > 0) throw new CliError(EXIT.failed, `They differ: ${namesOf(changes)}.`);
}

async function apply(
  context: Context,
  file: string,
  options: ProjectOption & { readonly yes?: true },
): Promise<void> {
  const { terminal } = context;
  const isJson = context.format() === 'json';
  const comparison = await compared(context, file, options);
  if (!isJson) printComparison(terminal, context.format(), comparison);
  const { changes, project } = comparison;
  const consequences = await consequencesOf(context.client(), project, changes);
  if (!isJson) terminal.err(consequenceText(changes, consequences));
  if (changes.length > 0 && options.yes !== true) await askFirst(context, changes.length);
  const { done, failed } = await applyChanges(context.client(), project, changes);
  if (isJson)
    terminal.out(
      json({
        ...comparisonAsJson(comparison),
        consequences,
        applied: done.map(({ wanted }) => wanted.resource),
      }),
    );
  // With nothing done it is an ordinary refusal, with the exit code of one.
  if (failed !== undefined && done.length === 0) throw failed.error;
  if (failed !== undefined) {
    const rest = changes.slice(done.length);
    throw new CliError(
      EXIT.failed,
      `${failed.error.message}\nDone: ${namesOf(done)}. Not done: ${namesOf(rest)}.`,
    );
  }
  if (done.length > 0) terminal.err(`Done: ${namesOf(done)}.\n`);
}

async function askFirst({ terminal }: Context, count: number): Promise<void> {
  const answer = await terminal.ask(`Change ${count === 1 ? 'this lock' : `these ${count} locks`}? [y/N] `);
  if (answer === undefined)
    throw new CliError(EXIT.usage, 'Nothing was changed. Say --yes to change it without being asked.');
  if (!/^y(es)?$/i.test(answer.trim())) throw new CliError(EXIT.failed, 'Nothing was changed.');
}

async function exportLocks(context: Context, options: ProjectOption): Promise<void> {
  const { terminal } = context;
  const project = await projectOf(context, options.project);
  const locks: readonly LockWish[] = (await serverLocks(context.client(), project)).map(
    ({ resource, lock: { policy, enabled } }) => ({ resource, policy, enabled }),
  );
  printLocks(terminal, context.format(), locks);
}
