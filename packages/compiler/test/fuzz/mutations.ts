import { below, pick, type Random } from '../../../../test/support/random.ts';

/** Changes a text; `others` are texts to take pieces from. */
type Mutation = (text: string, random: Random, others: readonly string[]) => string;

const PIECES = [
  '- ',
  ': ',
  '\n',
  '  ',
  "'",
  '"',
  '|\n',
  '>-\n',
  '[',
  ']',
  '{',
  '}',
  ',',
  '\t',
  '#',
  '? ',
  '---\n',
  '...\n',
  '&a ',
  '*a',
  '!!str ',
  '<<: ',
  '%',
  '@',
  '`',
  '~',
  '\r',
  '\r\n',
  '\0',
  '\uFEFF',
  '\uFFFE',
  '\u2028',
  '😀',
  '\ud800',
  '${{ if true }}:',
  '${{ else }}:',
  '${{ each x in y }}:',
  '${{ insert }}:',
  '${{',
  '}}',
  '${{ x }}',
  '$[ x ]',
  '$(x)',
  '$(',
  '__proto__: x',
  'constructor: x',
  'template: p.yml',
  'template: ../../x',
  '1e999',
  '-1',
  '0x1',
  'true',
  'null',
];

/** Single bytes of the UTF-8 form: what is no UTF-8 then is read as U+FFFD, as every reader of files does it. */
const changeByte: Mutation = (text, random) => {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length > 0) bytes[below(random, bytes.length)] = below(random, 256);
  return bytes.toString('utf8');
};

const insertPiece: Mutation = (text, random) => {
  const at = below(random, text.length + 1);
  return (
    text.slice(0, at) + pick(random, PIECES).repeat(1 + below(random, 3)) + text.slice(at + below(random, 6))
  );
};

const removeStretch: Mutation = (text, random) => {
  const at = below(random, text.length + 1);
  return text.slice(0, at) + text.slice(at + below(random, 40));
};

/** Words, signs and stretches of white space change places, or one takes the place of another. */
const moveToken: Mutation = (text, random) => {
  const tokens = text.match(/\w+|\s+|[^\w\s]/gu) ?? [];
  if (tokens.length === 0) return text;
  const [from, to] = [below(random, tokens.length), below(random, tokens.length)];
  const moved = tokens[from] ?? '';
  if (random() < 0.5) tokens[from] = tokens[to] ?? '';
  tokens[to] = moved;
  return tokens.join('');
};

/** Lines are doubled, dropped, moved, indented or set back. */
const changeLine: Mutation = (text, random) => {
  const lines = text.split('\n');
  const at = below(random, lines.length);
  const line = lines[at] ?? '';
  const changed = pick(random, [
    [line, line],
    [],
    [`  ${line}`],
    [line.replace(/^ {1,2}/, '')],
    [`${line}:`],
  ]);
  lines.splice(at, 1, ...changed);
  if (random() < 0.3) lines.splice(below(random, lines.length + 1), 0, line);
  return lines.join('\n');
};

/** The beginning of one text and the end of another, cut at lines. */
const crossOver: Mutation = (text, random, others) => {
  const [head, tail] = [text.split('\n'), pick(random, others).split('\n')];
  return [...head.slice(0, below(random, head.length + 1)), ...tail.slice(below(random, tail.length))].join(
    '\n',
  );
};

const MUTATIONS = [changeByte, insertPiece, removeStretch, moveToken, changeLine, changeLine, crossOver];

/** A text after one to three changes of any kind, mostly one. */
export function mutated(text: string, random: Random, others: readonly string[]): string {
  let changed = text;
  for (let count = pick(random, [1, 1, 1, 2, 3]); count > 0; count--)
    changed = pick(random, MUTATIONS)(changed, random, others);
  return changed;
}
