/** A piece of a log line: plain text, and classes from a fixed list. */
export interface Span {
  readonly text: string;
  readonly classes: readonly string[];
}

interface Style {
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly color?: number;
  readonly background?: number;
}

const PLAIN: Style = { bold: false, dim: false, italic: false, underline: false };

// One escape sequence: SGR (captured), any other CSI, OSC up to BEL or ST, or a lone two-character escape.
const ESCAPE =
  // oxlint-disable-next-line no-control-regex -- escape sequences are what is looked for
  /\u001B(?:\[([0-9;]*)m|\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001B]*(?:\u0007|\u001B\\)?|[@-Z\\^_=>])/g;

// Control characters other than tab would garble the page.
// oxlint-disable-next-line no-control-regex -- control characters are what is taken out
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F]/g;

/**
 * Splits a line with terminal colours into spans. Only the sixteen named colours become classes;
 * every other sequence is dropped. Text is never markup (TH8).
 */
export function ansiSpans(line: string): readonly Span[] {
  const spans: Span[] = [];
  let style = PLAIN;
  let end = 0;
  const push = (text: string): void => {
    const clean = text.replace(CONTROL, '');
    if (clean !== '') spans.push({ text: clean, classes: classesOf(style) });
  };
  for (const match of line.matchAll(ESCAPE)) {
    push(line.slice(end, match.index));
    end = match.index + match[0].length;
    if (match[1] !== undefined) style = applied(style, match[1]);
  }
  push(line.slice(end));
  return spans;
}

function applied(style: Style, codes: string): Style {
  const numbers = codes.split(';').map(Number);
  let next = style;
  for (let index = 0; index < numbers.length; index += 1) {
    const code = numbers[index] ?? 0;
    const extended = code === 38 || code === 48;
    if (!extended) {
      next = one(next, code);
      continue;
    }
    next = indexed(next, code, numbers[index + 1] === 5 ? numbers[index + 2] : undefined);
    index += numbers[index + 1] === 5 ? 2 : 4;
  }
  return next;
}

/** A colour of the 256: the first sixteen have names, the others are left out. */
function indexed(style: Style, code: number, color: number | undefined): Style {
  if (color === undefined || color > 15) return style;
  return code === 38 ? { ...style, color } : { ...style, background: color };
}

const SWITCHES: Readonly<Record<number, Partial<Style>>> = {
  1: { bold: true },
  2: { dim: true },
  3: { italic: true },
  4: { underline: true },
  22: { bold: false, dim: false },
  23: { italic: false },
  24: { underline: false },
};

/** The sixteen colours: first and last code, which property they set, and the number of the first. */
const COLORS: readonly {
  readonly from: number;
  readonly sets: 'color' | 'background';
  readonly first: number;
}[] = [
  { from: 30, sets: 'color', first: 0 },
  { from: 90, sets: 'color', first: 8 },
  { from: 40, sets: 'background', first: 0 },
  { from: 100, sets: 'background', first: 8 },
];

function one(style: Style, code: number): Style {
  if (code === 0) return PLAIN;
  const known = SWITCHES[code];
  if (known !== undefined) return { ...style, ...known };
  const range = COLORS.find(({ from }) => code >= from && code < from + 8);
  if (range !== undefined) return { ...style, [range.sets]: range.first + code - range.from };
  if (code === 39) return without(style, 'color');
  return code === 49 ? without(style, 'background') : style;
}

function without(style: Style, key: 'color' | 'background'): Style {
  const { [key]: _, ...rest } = style;
  return rest;
}

function classesOf(style: Style): readonly string[] {
  const classes: string[] = [];
  if (style.bold) classes.push('ansi-bold');
  if (style.dim) classes.push('ansi-dim');
  if (style.italic) classes.push('ansi-italic');
  if (style.underline) classes.push('ansi-underline');
  if (style.color !== undefined) classes.push(`ansi-fg-${style.color}`);
  if (style.background !== undefined) classes.push(`ansi-bg-${style.background}`);
  return classes;
}
