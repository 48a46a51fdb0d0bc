import { failed, SUCCEEDED, type StepEnd, type StepTry } from '../steps/step-handler.ts';
import { ProgramOutput } from '../process/program-output.ts';

/** A program that a task calls. */
export interface ProgramCall {
  /** As it is found on `PATH`. */
  readonly name: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Besides the environment of the step. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a program of the machine in the place of the step; its output is read for logging commands. */
export async function runProgram(step: StepTry, call: ProgramCall): Promise<StepEnd> {
  const env = { ...step.environment, ...call.env };
  const file = step.place.program(call.name, env);
  if (file === undefined) return failed(`This agent has no "${call.name}" on its PATH.`);
  step.output.info(`##[command]${[call.name, ...call.args].join(' ')}`);
  const { stop, kill, output: sink } = step;
  const end = await step.place.run({ file, args: call.args, cwd: call.cwd, env, sink, stop, kill });
  switch (end.kind) {
    case 'notStarted':
      return failed(`${call.name} could not be started: ${end.message}`);
    case 'signalled':
      return failed(`${call.name} was ended by ${end.signal}.`);
    case 'exited':
      return end.code === 0 ? SUCCEEDED : failed(`${call.name} exited with code '${end.code}'.`);
  }
}

/** What a program answers on its standard output, not shown; undefined when it failed or is not there. */
export async function askProgram(
  step: StepTry,
  call: Pick<ProgramCall, 'name' | 'args'>,
): Promise<string | undefined> {
  const file = step.place.program(call.name, step.environment);
  if (file === undefined) return undefined;
  const sink = new ProgramOutput(step.output, true);
  const { stop, kill, environment: env, layout } = step;
  const end = await step.place.run({ file, args: call.args, cwd: layout.temp, env, sink, stop, kill });
  return end.kind === 'exited' && end.code === 0 ? sink.text : undefined;
}

/** The words of an input that holds arguments: blanks separate, quotes keep together, a backslash escapes a quote. */
export function words(text: string): readonly string[] {
  const found: string[] = [];
  let word: string | undefined;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\' && text.charAt(at + 1) === '"') {
      word = `${word ?? ''}"`;
      at += 1;
    } else if (character === '"') {
      quoted = !quoted;
      word ??= '';
    } else if (/\s/.test(character) && !quoted) {
      if (word !== undefined) found.push(word);
      word = undefined;
    } else {
      word = `${word ?? ''}${character}`;
    }
  }
  return word === undefined ? found : [...found, word];
}
