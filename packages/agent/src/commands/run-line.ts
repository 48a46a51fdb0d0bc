import type { CommandTarget } from './command-target.ts';
import { COMMANDS } from './commands.ts';
import { parseCommand } from './parse-command.ts';

/**
 * Carries out the logging command in a line of output. True: the line was a command and is not to be shown.
 * Commands work on the unmasked line (LOG-7) and one after the other in order of output (LOG-5).
 */
export function runLine(line: string, target: CommandTarget): boolean {
  const parsed = parseCommand(line, target.variables.text('DECODE_PERCENTS').toLowerCase() !== 'false');
  if (parsed.kind === 'text') return false;
  if (parsed.kind === 'malformed') {
    target.issue('warning', `This line mentions ##vso but is not a logging command: ${line}`);
    return false;
  }
  const { command } = parsed;
  const area = COMMANDS.get(command.area);
  if (area === undefined) {
    target.issue('warning', `There is no logging command area "${command.area}".`);
    return false;
  }
  const handler = area.get(command.event);
  const refusal = handler && target.restrictions.refuse(command);
  if (refusal !== undefined) {
    target.issue('warning', refusal);
    return true;
  }
  const problem =
    handler === undefined
      ? `The area "${command.area}" has no event "${command.event}".`
      : handler(command, target);
  if (problem !== undefined) {
    target.issue('error', `Unable to process the logging command "${line}": ${problem}`);
    target.complete('failed', false);
  }
  // The debug log shows what was done, except that it would show debug lines twice.
  if (command.event !== 'debug') target.debug(`Processed: ${line}`);
  return true;
}
