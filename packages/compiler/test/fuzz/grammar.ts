import { below, pick, type Random } from '../../../../test/support/random.ts';

/** Writes lines of a pipeline; `depth` bounds how far directives nest. */
type Rule = (random: Random, indent: string, depth: number) => string;

const NAMES = ['a', 'B', '__default', ''];

/** Mostly a name of its own: names that repeat end most pipelines early. */
function name(random: Random): string {
  return random() < 0.9 ? `n${below(random, 100_000)}` : pick(random, NAMES);
}

const TEXTS = [
  'x',
  "'it''s'",
  '"a\\tb"',
  '$(a)',
  '$[ variables.a ]',
  '${{ variables.a }}',
  'v${{ parameters.p }}',
  '1',
  'true',
  "''",
];
const CONDITIONS = [
  'always()',
  'failed()',
  "eq(variables.a, 'x')",
  "eq('${{ parameters.p }}', 'x')",
  'and(succeeded(), true)',
  "succeeded('a')",
];
const EXPRESSIONS = [
  'true',
  "eq(parameters.p, 'x')",
  'variables.a',
  'not(parameters.list)',
  "in('a', 'b', 'A')",
  "contains(variables.a, 'x')",
];
const LISTS = ['parameters.list', "split('a,b', ',')", 'parameters.map', 'parameters.steps'];

/** Items of a list, some of them behind a directive. */
function items(rule: Rule): Rule {
  return (random, indent, depth) =>
    Array.from({ length: 1 + below(random, 3) }, () => item(rule, random, indent, depth)).join('');
}

function item(rule: Rule, random: Random, indent: string, depth: number): string {
  const inner = (): string => items(rule)(random, `${indent}  `, depth - 1);
  if (depth <= 0 || random() < 0.7) return rule(random, indent, depth - 1);
  if (random() < 0.4) return `${indent}- \${{ each i in ${pick(random, LISTS)} }}:\n${inner()}`;
  const chosen = `${indent}- \${{ if ${pick(random, EXPRESSIONS)} }}:\n${inner()}`;
  return random() < 0.5 ? chosen : `${chosen}${indent}- \${{ else }}:\n${inner()}`;
}

const step: Rule = (random, indent) => {
  const kind = pick(random, ['script', 'bash', 'pwsh', 'checkout', 'publish', 'template', 'task']);
  if (kind === 'template') return `${indent}- template: ${random() < 0.95 ? 't.yml' : 'none.yml'}\n`;
  const value = kind === 'checkout' ? 'self' : kind === 'task' ? 'Own@1' : pick(random, TEXTS);
  const more = pick(random, [
    '',
    `${indent}  displayName: ${pick(random, TEXTS)}\n`,
    `${indent}  condition: ${pick(random, CONDITIONS)}\n`,
    `${indent}  env:\n${indent}    A: ${pick(random, TEXTS)}\n`,
    `${indent}  timeoutInMinutes: ${below(random, 90)}\n`,
  ]);
  return `${indent}- ${kind}: ${value}\n${more}`;
};

const job: Rule = (random, indent, depth) => {
  const steps = items(step)(random, `${indent}  `, depth);
  const own = name(random);
  const extra = pick(random, [
    '',
    '',
    '',
    `${indent}  dependsOn: []\n`,
    `${indent}  dependsOn: ${pick(random, NAMES)}\n`,
    `${indent}  pool: P\n`,
  ]);
  if (random() < 0.7) return `${indent}- job: ${own}\n${extra}${indent}  steps:\n${steps}`;
  const deep = steps.replaceAll(/^/gm, '      ').replace(/ +$/, '');
  const hooks = `${indent}  strategy:\n${indent}    runOnce:\n${indent}      deploy:\n${indent}        steps:\n${deep}`;
  return `${indent}- deployment: ${own}\n${extra}${indent}  environment: e\n${hooks}`;
};

const stage: Rule = (random, indent, depth) => {
  const extra = pick(random, [
    '',
    `${indent}  dependsOn: []\n`,
    `${indent}  condition: ${pick(random, CONDITIONS)}\n`,
  ]);
  const jobs = items(job)(random, `${indent}  `, depth);
  return `${indent}- stage: ${name(random)}\n${extra}${indent}  jobs:\n${jobs}`;
};

const HEAD = `parameters:
- { name: p, type: string, default: x }
- { name: list, type: object, default: [a, b] }
- { name: map, type: object, default: { k: v } }
- { name: steps, type: stepList, default: [{ script: s }] }
variables:
  a: x
`;

/** A pipeline that follows the rules of the language as far as one line knows them. */
export function grammatical(random: Random): string {
  const form = pick(random, ['stages', 'jobs', 'steps'] as const);
  return `${HEAD}${form}:\n${items({ stages: stage, jobs: job, steps: step }[form])(random, '', 3)}`;
}
