import { EXIT, EXIT_MEANINGS, type ExitCode } from '../../packages/cli/src/exit-codes.ts';
import { createProgram } from '../../packages/cli/src/program.ts';
import type { GeneratedFile } from './generated-file.ts';
import { silentTerminal } from './silent-terminal.ts';
import { table } from './table.ts';

type Command = ReturnType<typeof createProgram>;
type Option = Command['options'][number];

/** `docs/reference/cli.md`: every command as its own `--help` describes it, and the exit codes. */
export function cliReference(): readonly GeneratedFile[] {
  const written: string[] = [];
  const program = createProgram(silentTerminal((text) => void written.push(text)));
  const helpAfter = (command: Command): string => {
    written.length = 0;
    command.outputHelp();
    return written.join('').slice(command.helpInformation().length);
  };
  const sections = [...leaves(program)].map((command) => section(command, helpAfter(command)));
  const text = [
    INTRODUCTION,
    options(program),
    code(examples(helpAfter(program))),
    ...sections,
    exitCodes(),
    '<!-- prettier-ignore-end -->\n',
  ].join('\n');
  return [{ path: 'docs/reference/cli.md', text }];
}

const INTRODUCTION = `# The command line

\`signalbox COMMAND\`; \`--help\` behind any command prints what stands here. The variables of the environment are in
[settings.md](settings.md). This page is generated.

<!-- prettier-ignore-start -->

## Options of every command
`;

/** The commands that do something, in the order of \`--help\`. */
function* leaves(command: Command): Generator<Command> {
  for (const child of command.commands) {
    if (child.commands.length === 0) yield child;
    else yield* leaves(child);
  }
}

function section(command: Command, after: string): string {
  const parts = [`## ${nameOf(command)}\n`, `${command.description()}\n`, code(usage(command))];
  const listed = options(command);
  if (listed !== '') parts.push(listed);
  const lines = examples(after);
  if (lines !== '') parts.push(code(lines));
  return parts.join('\n');
}

function nameOf(command: Command): string {
  return command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`;
}

function usage(command: Command): string {
  return `${nameOf(command)} ${command.usage()}`;
}

/** Arguments and options in one table; empty when there are none. */
function options(command: Command): string {
  const given = command.registeredArguments.map((one) => [
    `\`${argument(one)}\``,
    cell(one.description),
    one.defaultValue === undefined ? '' : `\`${String(one.defaultValue)}\``,
  ]);
  const shown = command.options.filter((option) => !option.hidden);
  const lines = [
    ...given,
    ...shown.map((option) => [`\`${option.flags}\``, meaning(option), initial(option)]),
  ];
  return lines.length === 0 ? '' : table(['argument, option', 'meaning', 'default'], lines);
}

function argument(one: Command['registeredArguments'][number]): string {
  const inner = `${one.name()}${one.variadic ? '...' : ''}`;
  return one.required ? `<${inner}>` : `[${inner}]`;
}

function meaning({ description, argChoices, mandatory }: Option): string {
  const choices = argChoices === undefined ? '' : `: ${argChoices.map((word) => `\`${word}\``).join(', ')}`;
  return cell(`${description}${choices}${mandatory ? ' (required)' : ''}`);
}

function initial({ defaultValue, defaultValueDescription }: Option): string {
  if (defaultValueDescription !== undefined) return cell(defaultValueDescription);
  return defaultValue === undefined ? '' : `\`${String(defaultValue)}\``;
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}

/** The lines below `Example:` or `Examples:`, up to the next empty line. */
function examples(after: string): string {
  const [, block = ''] = /^Examples?:\n((?:.+\n?)*)/m.exec(after) ?? [];
  return block.replaceAll(/^ {2}/gm, '').trimEnd();
}

function code(lines: string): string {
  return `\`\`\`sh\n${lines}\n\`\`\`\n`;
}

function exitCodes(): string {
  const names = Object.keys(EXIT) as (keyof typeof EXIT)[];
  const lines = names.map((name) => {
    const exit: ExitCode = EXIT[name];
    return [`\`${exit}\``, EXIT_MEANINGS[name]];
  });
  return `## Exit codes\n\n${table(['code', 'meaning'], lines)}`;
}
