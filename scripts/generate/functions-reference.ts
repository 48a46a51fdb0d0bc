import {
  ANY_NUMBER,
  FUNCTIONS,
  offers,
  PLACES,
  type ExampleData,
  type FunctionGroup,
  type FunctionRecord,
  type Place,
} from '../../packages/expressions/src/index.ts';
import type { GeneratedFile } from './generated-file.ts';
import { table } from './table.ts';

/** `docs/reference/functions.md`: the places of expressions and every function, from the records that evaluation uses. */
export function functionsReference(): readonly GeneratedFile[] {
  const groups = Object.entries(GROUPS) as [FunctionGroup, string][];
  const sections = groups.map(([group, title]) => {
    const members = FUNCTIONS.filter((record) => record.group === group);
    return `## ${title}\n\n${members.map(functionSection).join('\n')}`;
  });
  return [
    { path: 'docs/reference/functions.md', text: [HEADER, placesTable(), ...sections, FOOTER].join('\n') },
  ];
}

const GROUPS: Readonly<Record<FunctionGroup, string>> = {
  general: 'General functions',
  counter: 'Counters',
  status: 'Status functions',
  criteria: 'Functions for checks',
};

/** The compiler's view of step conditions repeats the agent's. */
const places: readonly Place[] = Object.values(PLACES).filter(({ name }) => name !== 'stepConditionCheck');

function placesTable(): string {
  const lines = places.map(({ title, values, groups }) => [
    cell(title),
    values.map((name) => `\`${name}\``).join(', '),
    groups.map((group) => GROUPS[group].toLowerCase()).join(', '),
  ]);
  const loops = 'Template expressions know the names of the `each` loops round them, too.';
  return `## Places\n\n${table(['place', 'names', 'functions'], lines)}\n${loops}\n`;
}

function functionSection(record: FunctionRecord): string {
  const { name, description, examples } = record;
  const where = places.filter((place) => offers(place, record));
  const inAll = where.length === places.length;
  const allowed = inAll ? 'everywhere' : `in ${where.map(({ title }) => cell(title)).join(', ')}`;
  const withData = examples.some(({ given }) => given !== undefined);
  const head = ['example', 'gives', ...(withData ? ['where'] : [])];
  const lines = examples.map(({ call, result, given }) => [
    code(call),
    code(result),
    ...(withData ? [givenText(given ?? {})] : []),
  ]);
  return `### ${name}\n\n${description}\n\n${arity(record)}. Allowed ${allowed}.\n\n${table(head, lines)}`;
}

function arity({ minArgs, maxArgs, group }: FunctionRecord): string {
  const inSteps = group === 'status' && maxArgs > 0 ? '; in step conditions none' : '';
  if (maxArgs === 0) return 'No arguments';
  if (maxArgs === ANY_NUMBER)
    return `${minArgs === 0 ? 'Any number of' : `${minArgs} or more`} arguments${inSteps}`;
  if (minArgs < maxArgs) return `${minArgs} to ${maxArgs} arguments`;
  return minArgs === 1 ? '1 argument' : `${minArgs} arguments`;
}

function givenText({ parameters, root, results, earlierRuns }: ExampleData): string {
  const parts: string[] = [];
  for (const [name, data] of Object.entries(parameters ?? {})) {
    parts.push(`\`parameters.${name}\` is ${code(JSON.stringify(data))}`);
  }
  if (root !== undefined) parts.push(`\`root\` is ${code(JSON.stringify(root))}`);
  for (const [name, result] of Object.entries(results ?? {})) parts.push(`${name} is ${result}`);
  if (earlierRuns !== undefined) parts.push(`${earlierRuns} runs counted before`);
  return parts.join(', ');
}

/** Code in a cell of a table; line breaks are shown as spaces. */
function code(text: string): string {
  return `\`${text.replace(/\s+/g, ' ').replaceAll('|', '\\|')}\``;
}

/** Words in a cell: only the braces of syntax need to be code. */
function cell(text: string): string {
  return text.replace(/\$(\{\{ \}\}|\[ \])/g, (syntax) => `\`${syntax}\``);
}

const HEADER = `# Expression functions

Every function of template expressions, run-time expressions and conditions. Names ignore letter case. There are no
operators: comparison and logic are functions. An error is said with the place of the argument that is to blame.
The examples are evaluated by a test. This page is generated.

<!-- prettier-ignore-start -->
`;

const FOOTER = '<!-- prettier-ignore-end -->\n';
