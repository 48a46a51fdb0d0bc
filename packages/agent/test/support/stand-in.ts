import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a stand-in says to a command line that contains a text; an exit code, its standard output, or more. */
export type Answer =
  | number
  | string
  /** Lines of shell instead of an answer. */
  | { readonly run: string }
  | { readonly code?: number; readonly text?: string; readonly errors?: string; readonly times?: number };

/** A call of a stand-in. */
export interface Call {
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** A program of this name in a folder for the `PATH`: it writes down how it is called, and answers as told. */
export class StandIn {
  readonly folder: string;
  readonly #calls: string;
  readonly #answers: string;

  constructor(folder: string, name: string) {
    this.folder = join(folder, `bin-${name}`);
    this.#calls = join(folder, `${name}-calls`);
    this.#answers = join(folder, `${name}-answers`);
    mkdirSync(this.folder, { recursive: true });
    this.answer({});
    const file = join(this.folder, name);
    writeFileSync(file, program(this.#calls, this.#answers));
    chmodSync(file, 0o755);
  }

  /** From now on; forgets the calls until now. The first that fits answers. */
  answer(answers: Readonly<Record<string, Answer>>): void {
    mkdirSync(this.#answers, { recursive: true });
    writeFileSync(this.#calls, '');
    const lines = Object.entries(answers).map(([part, answer]) => caseOf(part, answer, this.#answers));
    writeFileSync(join(this.#answers, 'cases'), `case "$all" in\n${lines.join('\n')}\nesac\n`);
  }

  calls(): readonly Call[] {
    const calls = readFileSync(this.#calls, 'utf8').split(END).slice(0, -1);
    return calls.map((call) => {
      const [args = '', environment = ''] = call.split(BETWEEN);
      const pairs = environment.split('\0').map((line) => /^([^=]*)=([\s\S]*)$/.exec(line));
      return {
        args: args.split('\0').slice(0, -1),
        environment: Object.fromEntries(
          pairs.flatMap((found) => (found === null ? [] : [[found[1], found[2]]])),
        ),
      };
    });
  }
}

const BETWEEN = '\u001E';
const END = '\u001D';

/** A shell script: quicker to start than anything else, which counts in a table. */
function program(calls: string, answers: string): string {
  return `#!/bin/sh
all="$*"
{ printf '%s\\0' "$@"; printf '\\036'; cat /proc/self/environ; printf '\\035'; } >> '${calls}'
. '${answers}/cases'
`;
}

let counters = 0;

function caseOf(part: string, answer: Answer, folder: string): string {
  if (typeof answer === 'object' && 'run' in answer) return `*${quoted(part)}*) ${answer.run}\n;;`;
  const {
    code = 0,
    text = '',
    errors = '',
    times,
  } = typeof answer === 'number' ? { code: answer } : typeof answer === 'string' ? { text: answer } : answer;
  const says = [
    text === '' ? '' : `printf '%s\\n' ${quoted(text)}`,
    errors === '' ? '' : `printf '%s\\n' ${quoted(errors)} >&2`,
    `exit ${code}`,
  ].filter((one) => one !== '');
  const body = says.join('; ');
  if (times === undefined) return `*${quoted(part)}*) ${body};;`;
  const counter = quoted(join(folder, `count-${(counters += 1)}`));
  return `*${quoted(part)}*) echo x >> ${counter}; if [ $(wc -l < ${counter}) -le ${times} ]; then ${body}; fi;;`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
