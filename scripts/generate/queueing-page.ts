import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../run.ts';
import type { GeneratedFile } from './generated-file.ts';

const FOLDER = 'spec/interlocking';

/** The keys of a case that the page shows; `spec/interlocking/README.md` explains them. */
interface Case {
  readonly name: string;
  readonly what: string;
  readonly rules: readonly string[];
  readonly locks?: Readonly<Record<string, unknown>>;
  readonly runs?: Readonly<Record<string, unknown>>;
  readonly timers?: string;
  readonly story: readonly string[];
  readonly expect?: readonly string[];
  readonly runLatest?: readonly string[];
  readonly sequential?: readonly string[];
}

/** `docs/reference/queueing.md`: every case of `spec/interlocking`, as the tests run it. */
export function queueingPage(): readonly GeneratedFile[] {
  const files = readdirSync(join(root, FOLDER)).filter((name) => name.endsWith('.yml'));
  const chapters = files.toSorted(byOrder).map(chapter);
  const readme = readFileSync(join(root, FOLDER, 'README.md'), 'utf8');
  const words = readme.slice(readme.indexOf("A story's lines"));
  const text = [INTRODUCTION, '## How to read a case\n', words.trimEnd(), '', ...chapters].join('\n');
  return [{ path: 'docs/reference/queueing.md', text }];
}

const INTRODUCTION = `# The queue, case by case

<!-- Generated from spec/interlocking by \`npm run generate\`. -->

What the locks do, in the very cases that the tests run. The settings themselves are in
[settings.md](settings.md#locks).
`;

/** What Azure does comes first. */
function byOrder(a: string, b: string): number {
  return Number(b === 'azure.yml') - Number(a === 'azure.yml') || (a < b ? -1 : 1);
}

function chapter(file: string): string {
  const text = readFileSync(join(root, FOLDER, file), 'utf8');
  const [first = ''] = text.split('\n');
  const cases = parse(text) as readonly Case[];
  return `## ${first.replace(/^# /, '').replace(/[.:]$/, '')}\n\n${cases.map(section).join('\n')}`;
}

function section(one: Case): string {
  const { name, what, rules, story } = one;
  const given = [
    ...Object.entries(one.locks ?? {}).map((entry) => given1('lock', entry)),
    ...Object.entries(one.runs ?? {}).map((entry) => given1('run', entry)),
    ...(one.timers === 'late' ? ['timers come late'] : []),
  ];
  const outcomes = (['expect', 'runLatest', 'sequential'] as const).flatMap((key) => {
    const lines = one[key];
    return lines === undefined ? [] : [`-- ${key === 'expect' ? 'what happens' : key} --`, ...lines];
  });
  const body = [...given, '-- what is told --', ...story, ...outcomes].join('\n');
  return `### ${name}\n\n${sentence(what)} (${rules.join(', ')})\n\n\`\`\`text\n${body}\n\`\`\`\n`;
}

function given1(kind: string, [name, settings]: readonly [string, unknown]): string {
  const words = Object.entries(settings as Readonly<Record<string, unknown>>);
  const shown = words.map(([setting, value]) => `${setting}: ${asText(value)}`).join(', ');
  return `${kind} ${name}${shown === '' ? ', as Azure has it' : `: ${shown}`}`;
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
