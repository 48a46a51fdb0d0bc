import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { compile, formatDiagnostics } from '../../packages/compiler/src/index.ts';
import { root } from '../run.ts';
import type { GeneratedFile } from './generated-file.ts';

/** A mistake of `docs/guide/mistakes.yml`: a file before and after it was mended. */
interface Mistake {
  readonly title: string;
  readonly why: string;
  /** Files beside the pipeline, by path. */
  readonly files?: Readonly<Record<string, string>>;
  readonly before: string;
  readonly after: string;
}

const FILE = 'azure-pipelines.yml';

/** `docs/guide/mistakes.md`: typical mistakes with what `signalbox validate` says to each. */
export async function mistakesPage(): Promise<readonly GeneratedFile[]> {
  const mistakes = parse(readFileSync(join(root, 'docs/guide/mistakes.yml'), 'utf8')) as readonly Mistake[];
  const sections = await Promise.all(mistakes.map(section));
  const text = [HEADER, ...sections, '<!-- prettier-ignore-end -->\n'].join('\n');
  return [{ path: 'docs/guide/mistakes.md', text }];
}

async function section(mistake: Mistake, index: number): Promise<string> {
  const { title, why, files = {}, before, after } = mistake;
  const said = await validate(before, files);
  const left = await validate(after, files);
  if (said === '' || left !== '')
    throw new Error(`The mistake '${title}' is ${said === '' ? 'none' : `not mended: ${left}`}.`);
  const beside = Object.entries(files).flatMap(([path, text]) => [
    `With \`${path}\`:`,
    '',
    ...fence('yaml', text),
  ]);
  const lines = [`## ${index + 1}. ${title}`, '', why, '', ...beside];
  lines.push('Before:', '', ...fence('yaml', before));
  lines.push(`\`signalbox validate ${FILE}\` says:`, '', ...fence('text', said));
  lines.push('After:', '', ...fence('yaml', after));
  return lines.join('\n');
}

/** What the command prints for one file: nothing when it is in order. */
async function validate(text: string, files: Readonly<Record<string, string>>): Promise<string> {
  const read = async (path: string): Promise<string | undefined> => (path === FILE ? text : files[path]);
  const result = await compile({ files: { read }, path: FILE });
  return formatDiagnostics(result.ok ? result.warnings : result.diagnostics);
}

function fence(language: string, text: string): readonly string[] {
  return [`\`\`\`${language}`, text.trimEnd(), '```', ''];
}

const HEADER = `# Ten typical mistakes

What goes wrong most often in an \`azure-pipelines.yml\`, what \`signalbox validate\` says to it, and what the file looks
like when it is mended. Errors refuse the file; warnings let it run, but it will not do what it seems to say. Every code
is explained in [diagnostics](../reference/diagnostics.md). This page is generated from \`mistakes.yml\`.

<!-- prettier-ignore-start -->
`;
