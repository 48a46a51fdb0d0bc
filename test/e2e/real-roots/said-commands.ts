import { fold, type StepPlan } from '@signalbox/model';

/** What a script says that it calls, as far as that can be read off without running it. */
export interface SaidCommands {
  /** The first words of all commands that could be found: those need a stand-in. */
  readonly names: readonly string[];
  /** Commands that are called, in this order, if the script runs to its end; `*` is what a macro may be. */
  readonly sure: readonly string[];
}

const MACRO = /\$\(([A-Za-z_][\w.-]*)\)/g;
/** Stands for a macro of which only the run knows the value. */
const ANYTHING = '\u0001';
/** What only a shell can resolve. */
const OF_THE_SHELL = /[|&;<>(){}$`*?~!#\\"']|\[\[/;
const IN_QUOTES = /'[^']*'|"[^"$`\\]*"/g;
/** With these in a script, one of its lines may be left out, or read by something else. */
const BLOCKS = /^\s*(if|for|while|until|case|select|function|trap|exit|return|\w+\s*\(\))(\s|$)|<</m;
const KEYWORDS = new Set(
  'if then else elif fi for in do done while until case esac function select time { } ! [ [['.split(' '),
);
/** What the shell does itself, and programs that scripts really get. */
const NOT_CALLED = new Set(
  ': . alias cd command declare echo eval exec exit export false hash let local popd printf pushd pwd read readonly return set shift shopt source test trap true type typeset ulimit umask unset wait'.split(
    ' ',
  ),
);

/** Reads the script of a step; a step without one says nothing. `known`: values of variables by folded name. */
export function saidCommands(
  { inputs }: Pick<StepPlan, 'inputs'>,
  known: ReadonlyMap<string, string>,
): SaidCommands {
  const file = scriptFile(inputs);
  if (file !== undefined) {
    const call = `${file} ${inputs['arguments'] ?? ''}`.replace(
      MACRO,
      (_, name: string) => known.get(fold(name)) ?? '*',
    );
    return { names: [file], sure: [call.trim()] };
  }
  const written = inputs['script'] ?? inputs['inlineScript'] ?? '';
  const script = written
    .replace(MACRO, (_, name: string) => known.get(fold(name)) ?? ANYTHING)
    .replace(/\\\r?\n\s*/g, ' ');
  const lines = script.split('\n').map((line) => line.trim());
  const commands = lines.filter((line) => line !== '' && !line.startsWith('#'));
  return {
    names: [...new Set(commands.flatMap(commandNames))],
    sure: BLOCKS.test(script) ? [] : commands.flatMap(plainCommand),
  };
}

/** A script of the repository that a step names instead of having one of its own. */
function scriptFile(inputs: StepPlan['inputs']): string | undefined {
  const isFile = /^(filepath|scriptpath)$/i.test(inputs['targetType'] ?? inputs['scriptLocation'] ?? '');
  const path = inputs['filePath'] ?? inputs['scriptPath'];
  if (!isFile || path === undefined) return undefined;
  return path.replace(/^\$\((Build\.SourcesDirectory|System\.DefaultWorkingDirectory)\)\//i, '');
}

/** The words of a line that has nothing of the shell in it but quotes, with one blank between; else nothing. */
function plainCommand(line: string): readonly string[] {
  const name = line.split(/\s/, 1)[0] ?? '';
  if (NOT_CALLED.has(name) || name.includes('=') || OF_THE_SHELL.test(line.replace(IN_QUOTES, ''))) return [];
  const words = line.replace(/'([^']*)'|"([^"]*)"/g, '$1$2').split(/\s+/);
  return [words.join(' ').replaceAll(ANYTHING, '*')];
}

/** Words that stand where a command may: at the beginning of a line and behind what separates commands. */
function commandNames(line: string): readonly string[] {
  return line
    .replace(/'[^']*'/g, "''")
    .split(/\$\(|[;|&(`]+/)
    .flatMap((part) => {
      const words = part
        .trim()
        .split(/\s+/)
        .filter((word) => !KEYWORDS.has(word) && !/^\w+=/.test(word));
      return words.slice(0, words[0] === 'sudo' ? 2 : 1);
    })
    .filter((word) => /^[\w.][\w./-]*$/.test(word) && !NOT_CALLED.has(word));
}

/** Of what was said, in order, that which was not called in that order. */
export function notCalled(said: readonly string[], called: readonly string[]): readonly string[] {
  let at = 0;
  return said.filter((command) => {
    const found = called.findIndex((call, index) => index >= at && matches(command, call));
    if (found >= 0) at = found + 1;
    return found < 0;
  });
}

/** A macro may be empty: then the blanks around it become one. */
function matches(command: string, call: string): boolean {
  const parts = command.split('*').map((part) => literally(part).replace(/ /g, ' *'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(call);
}

function literally(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
