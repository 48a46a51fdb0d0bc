import { OUTPUT_CHARS, SECRET_FORM_CHARS } from '../limits.ts';
import { isReserved } from '../variables/reserved.ts';
import { isTrue, type CommandHandler, type CommandTarget } from './command-target.ts';
import type { LoggingCommand } from './parse-command.ts';

/** The job variable that allows secrets of several lines (SEC-4). */
const MULTI_LINE_KNOB = 'SYSTEM_UNSAFEALLOWMULTILINESECRET';

/** `task.setvariable`: for later steps (VAR-11), and with `isoutput` for later jobs (CTX-1). */
export const setVariable: CommandHandler = (command, target) => {
  const name = command.properties.get('variable')?.trim() ?? '';
  if (name === '') return 'The property "variable" is missing.';
  const isOutput = isTrue(command, 'isoutput');
  const stored = isOutput ? `${target.stepName}.${name}` : name;
  const before = target.variables.get(stored);
  // A step cannot take the secret flag away again (TH9).
  const secret = isTrue(command, 'issecret') || before?.secret === true;
  const { data: value } = command;
  // Masked before it is refused: the refusal quotes the line.
  if (secret) target.masker.add(value);
  const closed = target.restrictions.refuseVariable(name);
  if (closed !== undefined) {
    target.issue('warning', closed);
    return undefined;
  }
  const refusal = refuse({ name: stored, value, secret, isOutput }, target.variables);
  if (refusal === undefined) store(command, { name: stored, value, secret, isOutput }, target);
  return refusal;
};

function store(command: LoggingCommand, wish: Wish, target: CommandTarget): void {
  const { name, value, secret, isOutput } = wish;
  if (secret) noteShortSecret(value, target);
  if (isOutput) target.output(name, value, secret);
  target.variables.set({
    name,
    value,
    secret,
    readonly: isTrue(command, 'isreadonly') || isOutput,
    preserveCase: isTrue(command, 'preservecase'),
  });
}

/** `task.setsecret`: the text is masked from the next line on (LOG-17). */
export const setSecret: CommandHandler = (command, target) => {
  if (command.data === '') return 'The secret is empty.';
  noteShortSecret(command.data, target);
  target.masker.add(command.data);
  return undefined;
};

/** What a step wants to set. */
interface Wish {
  readonly name: string;
  readonly value: string;
  readonly secret: boolean;
  readonly isOutput: boolean;
}

function refuse(
  { name, value, secret, isOutput }: Wish,
  variables: CommandTarget['variables'],
): string | undefined {
  if (isReserved(name)) return `The variable "${name}" belongs to the system and cannot be set by a step.`;
  if (variables.get(name)?.readonly === true) {
    return `The variable "${name}" is read-only and keeps its value.`;
  }
  if (secret && /[\r\n]/.test(value) && !variables.isTrue(MULTI_LINE_KNOB)) {
    return `The secret "${name}" has several lines, which cannot be masked safely. Set ${MULTI_LINE_KNOB} to true to allow it.`;
  }
  return isOutput ? refuseLongOutput(name, value) : undefined;
}

function refuseLongOutput(name: string, value: string): string | undefined {
  if (name.length > OUTPUT_CHARS.name) return `The name is longer than ${OUTPUT_CHARS.name} characters.`;
  return value.length > OUTPUT_CHARS.value
    ? `The value of an output variable has at most ${OUTPUT_CHARS.value} characters.`
    : undefined;
}

function noteShortSecret(value: string, target: CommandTarget): void {
  if (value === '' || value.length >= SECRET_FORM_CHARS) return;
  target.issue(
    'warning',
    `A secret of fewer than ${SECRET_FORM_CHARS} characters hides ordinary text as well.`,
  );
}
