import { FUNCTIONS, offers, type Place } from '../../src/index.ts';
import { below, pick, type Random } from '../../../../test/support/random.ts';

/** Words and signs of the language, and what looks like them. */
const PIECES: readonly string[] = [
  '(',
  ')',
  '[',
  ']',
  ',',
  '.',
  '*',
  "'",
  "''",
  ' ',
  '\t',
  '\n',
  '\u00a0',
  '$',
  '{{',
  '}}',
  '$(',
  '\\',
  '"',
  'true',
  'FALSE',
  'null',
  'parameters',
  'variables',
  'dependencies',
  'pipeline',
  'item',
  '__proto__',
  'in',
  '1',
  '-',
  '.5',
  '1.',
  '1.2.3',
  '1.2.3.4',
  '1.2.3.4.5',
  '-0',
  '99999999999999999999999999999999',
  '0x1',
  '1e9',
  '==',
  '&&',
  '!',
  '+',
  'é',
  '\ud800',
  '\u0000',
  '\ufeff',
  'a-b',
  '{0}',
  "'{0:yyyy}'",
  "'{999}'",
  ...FUNCTIONS.map(({ name }) => `${name}(`),
];

/** Whole operands of every kind that need no name. */
const LITERALS: readonly string[] = [
  'true',
  'false',
  '0',
  '-1.5',
  '1.2.3',
  "''",
  "'text'",
  "'1,000'",
  "'it''s'",
  "'{0} {1}'",
  "'$.a[?(@.b==1)]'",
];

/** Operands by the name that a place must offer; the members are those of the fuzzer's environment. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  parameters: ['.list', '.map', '.deep.*.id', "['none']", '.big', ''],
  variables: ['.a', "['b.c']", '[variables.a]', '.*', ''],
  dependencies: ['.A.result', ".A.outputs['s.x']", '.*.result', ''],
  root: ['.a', '.a[0].b', ''],
};

/** Texts longer than this are cut, except where length itself is tried. */
const MAX_TEXT = 4_000;

/** A text to try: a changed example, pieces in any order, a call of any function, or something long or deep. */
export function fuzzText(random: Random, place: Place, examples: readonly string[]): string {
  const kind = random();
  if (kind < 0.45) return mutated(random, pick(random, examples), examples);
  if (kind < 0.65) return pieces(random);
  if (kind < 0.97) return call(random, place, 0);
  return extreme(random);
}

function mutated(random: Random, example: string, examples: readonly string[]): string {
  let text = example;
  for (let times = 1 + below(random, 4); times > 0; times--) text = mutatedOnce(random, text, examples);
  return text.slice(0, MAX_TEXT);
}

function mutatedOnce(random: Random, text: string, examples: readonly string[]): string {
  const from = below(random, text.length + 1);
  const to = Math.min(text.length, from + below(random, 6));
  switch (below(random, 6)) {
    case 0:
      return text.slice(0, from) + text.slice(to);
    case 1:
      return text.slice(0, from) + pick(random, PIECES) + text.slice(from);
    case 2:
      return text.slice(0, from) + pick(random, PIECES) + text.slice(to);
    case 3:
      return text.slice(0, from) + text.slice(from, to).repeat(below(random, 8)) + text.slice(to);
    case 4:
      return text.slice(0, from) + pick(random, examples) + text.slice(to);
    default:
      return text.slice(0, from) + String.fromCharCode(below(random, 0x1_0000)) + text.slice(to);
  }
}

function pieces(random: Random): string {
  return Array.from({ length: below(random, 40) }, () => pick(random, PIECES)).join('');
}

/** A call of a function that the place offers; its number of arguments is mostly right. */
function call(random: Random, place: Place, depth: number): string {
  if (depth > 5 || random() < 0.35) return operand(random, place);
  const offered = FUNCTIONS.filter((record) => offers(place, record));
  const { name, group, minArgs, maxArgs } = pick(random, offered);
  const most = group === 'status' ? minArgs : Math.min(maxArgs, minArgs + 3);
  const count = random() < 0.97 ? minArgs + below(random, most - minArgs + 1) : below(random, 6);
  const text = `${name}(${Array.from({ length: count }, () => call(random, place, depth + 1)).join(', ')})`;
  return random() < 0.15 ? text + pick(random, ['[0]', '.x', '.*', "['k']", '[*].id']) : text;
}

function operand(random: Random, place: Place): string {
  const name = pick(random, place.values);
  const members = NAMED[name];
  return members === undefined || random() < 0.6 ? pick(random, LITERALS) : name + pick(random, members);
}

function extreme(random: Random): string {
  const times = 1 + below(random, 3_000);
  return pick(random, [
    () => 'not('.repeat(times),
    () => `${'not('.repeat(times)}1${')'.repeat(times)}`,
    () => `parameters${'.*'.repeat(times)}`,
    () => `parameters.deep${'[parameters.list'.repeat(times)}`,
    () => `and(${'true,'.repeat(times)}true)`,
    () => `format('${'{0}'.repeat(times)}', parameters.big)`,
    () => `${'replace('.repeat(45)}'x'${", 'x', 'xxxx')".repeat(45)}`,
    () => `${'convertToJson('.repeat(45)}parameters${')'.repeat(45)}`,
    () => `'${"''".repeat(times)}`,
    () => `jsonpath('$${'..*'.repeat(times)}')`,
    () => `startsWith(parameters.big, '${'a'.repeat(times)}')`,
    () => '('.repeat(times * 10),
    () => `${'1'.repeat(times)}.${'1'.repeat(times)}`,
  ])();
}
