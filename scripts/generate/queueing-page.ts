import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../run.ts';
import type { GeneratedFile } from './generated-file.ts';
import { anchorOf, markdown } from './markdown.ts';
import { pairsChapter } from './pairs-chapter.ts';
import { queueCase, sentence, type QueueCase } from './queue-case.ts';

const FOLDER = 'spec/interlocking';

/** The chapters in the order in which they are best read; one that is not named here comes last. */
const CHAPTERS = [
  'azure',
  'capacity',
  'order',
  'lanes',
  'approval',
  'classic',
  'checks',
  'time-out',
  'holders',
  'protected',
  'cancel',
  'stale',
  'bundles',
  'span',
  'outside',
  'operators',
  'policy-change',
  'pairs',
  'late-and-repeated',
  'failures',
] as const;

/** `docs/reference/queueing.md`: every case of `spec/interlocking`, as the tests run it. */
export function queueingPage(): readonly GeneratedFile[] {
  const files = readdirSync(join(root, FOLDER)).filter((name) => name.endsWith('.yml'));
  const chapters = files.toSorted((a, b) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1)).map(chapter);
  const contents = chapters.map(({ title }) => `- [${markdown(title)}](#${anchorOf(title)})`);
  const readme = readFileSync(join(root, FOLDER, 'README.md'), 'utf8');
  const words = readme.slice(readme.indexOf('\n', readme.indexOf('## The words of a story'))).trim();
  const text = [
    INTRODUCTION,
    ...contents,
    '',
    START,
    HOW_TO_READ,
    words,
    '',
    ...chapters.map(({ text: one }) => one),
    END,
  ];
  return [{ path: 'docs/reference/queueing.md', text: text.join('\n') }];
}

function placeOf(file: string): number {
  const place = CHAPTERS.findIndex((name) => `${name}.yml` === file);
  return place < 0 ? CHAPTERS.length : place;
}

/** A file is a chapter: its comment is the heading, and what stands behind the first colon or full stop below it. */
function chapter(file: string): { readonly title: string; readonly text: string } {
  const text = readFileSync(join(root, FOLDER, file), 'utf8');
  const comment = text.slice(0, text.search(/^[^#]/m)).replace(/^# ?/gm, '').replace(/\s+/g, ' ').trim();
  const [, heading = comment, rest = ''] = /^(.*?)[.:](?: (.*?))?\.?$/.exec(comment) ?? [];
  const title = heading.replace(/ \([^)]*\b[A-Z]+-\d+[^)]*\)$/, '');
  const cases = (parse(text) as readonly QueueCase[]).map(queueCase);
  const beginning = [
    ...(rest === '' ? [] : [`${markdown(sentence(rest))}\n`]),
    ...(file === 'pairs.yml' ? pairsChapter() : []),
  ];
  return { title, text: [`## ${markdown(title)}\n`, ...beginning, ...cases].join('\n') };
}

const INTRODUCTION = `# The queue, case by case

<!-- Generated from spec/interlocking and spec/pairs by \`npm run generate\`. -->

What the locks do, in the very cases that the tests run. The settings themselves are in
[settings.md](settings.md#locks); when to use which is in the [guide](../guide/lock-policies.md).
`;

const HOW_TO_READ = `## How to read a case

A case names its locks with the settings that differ from Azure's, and what is special about its runs. The table then
goes minute by minute: on the left what is told to the locks, on the right what they do. Where \`runLatest\` and
\`sequential\` differ only in that, each has a column. Rules in brackets are those of
[conformance.md](conformance.md).
`;

const START = '<!-- prettier-ignore-start -->\n';

const END = '<!-- prettier-ignore-end -->\n';
