/** A text that made some reader slow, deep or large, and the code that a limit refuses it with; no code: it compiles. */
export interface Bomb {
  readonly name: string;
  readonly text: () => string;
  readonly code?: string;
}

/** Each of these must be met by a limit, or be done in time linear in its size. */
export const BOMBS: readonly Bomb[] = [
  {
    name: 'ten megabytes of steps',
    text: () => `steps:\n${'- script: make\n'.repeat(700_000)}`,
    code: 'file-too-large',
  },
  {
    name: 'a scalar of ten megabytes',
    text: () => `steps:\n- script: ${'x'.repeat(10_000_000)}`,
    code: 'file-too-large',
  },
  {
    name: 'a megabyte in three-byte letters',
    text: () => `# ${'€'.repeat(400_000)}`,
    code: 'file-too-large',
  },
  { name: 'ten thousand open brackets', text: () => `a: ${'['.repeat(10_000)}`, code: 'too-deep' },
  { name: 'a million open braces', text: () => '{'.repeat(1_000_000), code: 'too-deep' },
  { name: 'ten thousand levels of indentation', text: () => indented(1_400), code: 'too-deep' },
  { name: 'lists in lists on one line', text: () => `${'- '.repeat(10_000)}a`, code: 'too-deep' },
  { name: 'mappings in mappings in brackets', text: () => `${'{a: '.repeat(5_000)}`, code: 'too-deep' },
  {
    name: 'brackets behind a quote that goes on',
    text: () => `a: 'x\ny' ${'['.repeat(500_000)}`,
    code: 'too-deep',
  },
  { name: 'an alias bomb', text: aliasBomb, code: 'yaml-anchor' },
  { name: 'an anchor that holds itself', text: () => 'a: &a [*a]', code: 'yaml-anchor' },
  { name: 'a merge key that holds itself', text: () => 'a: &a\n  <<: *a\n', code: 'yaml-anchor' },
  {
    name: 'an entity bomb of tags',
    text: () => `%TAG ! a\n--- ${'!a '.repeat(1_000)}`,
    code: 'yaml-directive',
  },
  { name: 'twenty thousand keys in one mapping', text: () => keys(20_000), code: 'too-many-keys' },
  {
    name: 'twenty thousand keys in braces',
    text: () => `a: {${keys(20_000).replaceAll('\n', ', ')}}`,
    code: 'too-many-keys',
  },
  { name: 'a megabyte of commas', text: () => `[${','.repeat(1_000_000)}`, code: 'too-many-tokens' },
  { name: 'a megabyte of line breaks', text: () => '\n'.repeat(1_000_000), code: 'too-many-tokens' },
  { name: 'a binary file', text: () => 'MZ\0\u0001\u0002', code: 'character-not-allowed' },
  { name: 'half a surrogate pair', text: () => 'a: \ud800', code: 'character-not-allowed' },
  { name: 'quotes that never close', text: () => "'\n".repeat(140_000), code: 'yaml-syntax' },
  { name: 'digits that are no number', text: () => data(`${'1'.repeat(500_000)}x`) },
  {
    name: 'macros that never close',
    text: () => `jobs:\n- job: a\n  timeoutInMinutes: ${'$('.repeat(400_000)}`,
    code: 'wrong-value',
  },
  {
    name: 'run-time marks that never close',
    text: () => `variables:\n  a: ${'$[a'.repeat(300_000)}\nsteps: []`,
  },
  { name: 'a run-number that never closes', text: () => `name: ${'$('.repeat(400_000)})\nsteps: []` },
  {
    name: 'an expression of parentheses',
    text: () => `steps:\n- script: a\n  condition: ${'('.repeat(20_000)}`,
    code: 'expression-invalid',
  },
  {
    name: 'a tower of calls',
    text: () => `steps:\n- script: a\n  condition: ${'not('.repeat(5_000)}`,
    code: 'expression-invalid',
  },
  {
    name: 'a tower of replace',
    text: () => variable(`${'replace('.repeat(40)}'aa'${",'a','aaaaaaaaaa')".repeat(40)}`),
    code: 'expression-invalid',
  },
  {
    name: 'a tower of format',
    text: () => variable(`${"format('{0}{0}{0}{0}', ".repeat(40)}'aa'${')'.repeat(40)}`),
    code: 'expression-invalid',
  },
  { name: 'variables that double', text: doubling, code: 'expansion-too-large' },
  { name: 'each in each in each', text: () => cubed('- script: x'), code: 'expansion-too-large' },
  {
    name: 'each in each in each, to no end',
    text: () => cubed('- ${{ if false }}: x'),
    code: 'expansion-too-large',
  },
  {
    name: 'join in a loop',
    text: () => looped("- script: ${{ length(join(',', parameters.p)) }}"),
    code: 'expansion-too-large',
  },
  {
    name: 'JSON in a loop',
    text: () => looped('- script: ${{ length(convertToJson(parameters.p)) }}'),
    code: 'expansion-too-large',
  },
  {
    name: 'a search in a loop',
    text: () => looped("- ${{ if containsValue(parameters.p, 'y') }}: x"),
    code: 'expansion-too-large',
  },
  {
    name: 'a mistake in a loop',
    text: () => looped('- script: ${{ parameters.q }}'),
    code: 'expression-invalid',
  },
  {
    name: 'a template that includes itself four times',
    text: () => `steps:\n${'- template: p.yml\n'.repeat(4)}`,
    code: 'too-deep',
  },
  { name: 'ten thousand dependencies on nobody', text: onNobody, code: 'dependency-not-found' },
  { name: 'status functions with ten thousand names', text: statusNames },
  {
    name: 'a matrix of 9,999 legs',
    text: () =>
      `jobs:\n- job: a\n  strategy: { matrix: { ${keys(9_999).replaceAll(': v', ': { a: b }').replaceAll('\n', ', ')} } }`,
    code: 'plan-too-large',
  },
  {
    name: 'a hundred million parallel jobs',
    text: () => 'jobs:\n- job: a\n  strategy: { parallel: 99999999 }\n',
    code: 'plan-too-large',
  },
];

function aliasBomb(): string {
  const lines = Array.from(
    { length: 9 },
    (_, n) => `a${n + 1}: &a${n + 1} [${Array(9).fill(`*a${n}`).join(',')}]`,
  );
  return ['a0: &a0 [x]', ...lines].join('\n');
}

function indented(levels: number): string {
  return Array.from({ length: levels }, (_, level) => `${' '.repeat(level)}a:`).join('\n');
}

function keys(count: number): string {
  return Array.from({ length: count }, (_, n) => `k${n}: v`).join('\n');
}

function data(text: string): string {
  return `parameters:\n- { name: p, type: object, default: [ ${text} ] }\nsteps: []\n`;
}

function variable(expression: string): string {
  return `variables:\n  a: \${{ ${expression} }}\nsteps: []\n`;
}

function doubling(): string {
  const lines = Array.from(
    { length: 60 },
    (_, n) => `- { name: a${n + 1}, value: "\${{ variables.a${n} }}\${{ variables.a${n} }}" }\n`,
  );
  return `variables:\n- { name: a0, value: xxxxxxxxxx }\n${lines.join('')}steps: []\n`;
}

function cubed(body: string): string {
  const loop = (name: string, indent: number): string =>
    `${' '.repeat(indent)}- \${{ each ${name} in split(variables.s, ',') }}:\n`;
  return `variables: { s: '${','.repeat(1_000)}' }\nsteps:\n${loop('a', 0)}${loop('b', 2)}${loop('c', 4)}      ${body}\n`;
}

function looped(body: string): string {
  const list = 'x,'.repeat(60_000);
  return `parameters:\n- { name: p, type: object, default: [${list}] }\nsteps:\n- \${{ each i in parameters.p }}:\n  ${body}\n`;
}

function onNobody(): string {
  const nobody = Array.from({ length: 150 }, (_, n) => `x${n}`).join(', ');
  return `jobs:\n${Array.from({ length: 256 }, (_, n) => `- job: j${n}\n  dependsOn: [${nobody}]\n`).join('')}`;
}

function statusNames(): string {
  const names = Array.from({ length: 100 }, (_, n) => `'x${n}'`).join(', ');
  const stage = (n: number): string =>
    `- stage: s${n}\n  condition: succeeded(${names})\n  jobs: [{ job: a }]\n`;
  return `stages:\n${Array.from({ length: 1_000 }, (_, n) => stage(n)).join('')}`;
}
