import type { CompileRequest, Explanation, Reason } from '@signalbox/compiler';
import { style, type Style } from './style.ts';

/** Longer values are cut: an object can fill a page. */
const MAX_VALUE = 200;

/**
 * An explanation for people: the line, then reason by reason from the text itself outwards, each with its place and
 * the line of the file that stands there.
 */
export async function explanationText(
  { line, text, reasons }: Explanation,
  sources: Pick<CompileRequest, 'files' | 'repositories'>,
  interactive: boolean,
): Promise<string> {
  const look = style(interactive);
  const lines = [`${look.quiet(`${line} |`)} ${look.strong(text)}`, ''];
  const read = new Map<string, readonly string[]>();
  for (const reason of reasons) {
    const { file } = reason.range;
    const known = read.get(file) ?? (await linesOf(file, sources));
    read.set(file, known);
    const source = known[reason.range.line - 1]?.trim() ?? '';
    lines.push(...reasonLines(reason, source, look));
  }
  return `${lines.join('\n')}\n`;
}

/** The lines of a file as messages name it: of another repository, `path@alias`. */
async function linesOf(
  file: string,
  { files, repositories }: Pick<CompileRequest, 'files' | 'repositories'>,
): Promise<readonly string[]> {
  const at = file.lastIndexOf('@');
  const alias = file.slice(at + 1);
  const other = at < 0 ? undefined : await repositories?.({ alias, name: alias, type: 'git', ref: '' });
  const text =
    other !== undefined && 'read' in other ? await other.read(file.slice(0, at)) : await files.read(file);
  return (text ?? '').split(/\r\n|\n|\r/);
}

function reasonLines(reason: Reason, source: string, look: Style): readonly string[] {
  const { file, line, column } = reason.range;
  const value = reason.value === undefined ? '' : ` = ${cut(reason.value)}`;
  const head = `${TITLES[reason.kind]} ${look.quiet(`${file}(${line},${column})`)}`;
  const said =
    reason.text === undefined || reason.text === '' ? '' : `  \${{ ${word(reason)}${reason.text} }}${value}`;
  const shown = said === '' ? (source === '' ? '' : `  ${source}`) : said;
  return shown === '' ? [head] : [head, cut(shown)];
}

const TITLES: Readonly<Record<Reason['kind'], string>> = {
  written: 'written in',
  implied: 'written nowhere: a default, or implied by what stands in',
  included: 'included by',
  expression: 'from the expression in',
  if: 'because of the condition in',
  elseif: 'because of the condition in',
  else: 'because no condition before held, in',
  each: 'in a turn of the loop in',
  insert: 'inserted by',
};

/** The word of a directive stands before its text; an expression has none. */
function word({ kind }: Reason): string {
  return kind === 'expression' ? '' : `${kind} `;
}

function cut(text: string): string {
  const line = text.replaceAll(/\p{Cc}+/gu, ' ');
  return line.length > MAX_VALUE ? `${line.slice(0, MAX_VALUE - 1)}…` : line;
}
