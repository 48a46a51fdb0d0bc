import { parametersValue } from '@signalbox/expressions';
import { quote } from '../../diagnostics.ts';
import type { Report } from '../../diagnostics.ts';
import { MAX_DEPTH, MAX_TEMPLATE_FILES } from '../../limits.ts';
import { shapeOf } from '../../read/node.ts';
import type { MappingNode, Node, ScalarNode } from '../../read/node.ts';
import { readYaml } from '../../read/read-yaml.ts';
import type { SourceFile } from '../../read/source-file.ts';
import { checkExpressions } from '../check-expressions.ts';
import { contextOf } from '../context.ts';
import type { Context, Expansion, TemplateFile } from '../context.ts';
import { noteDynamic } from '../settle.ts';
import { stopTooDeep } from '../too-deep.ts';
import { displayPath, resolvePath } from './path.ts';
import type { FilePlace } from './path.ts';

/** A template at one of the places that refer to it. */
export interface Loaded extends Pick<Context, 'original' | 'file' | 'path' | 'repository'> {
  readonly root: MappingNode;
}

/** Finds and reads the file that a reference names, or reports at the reference why not (REC-82). */
export function* loadTemplate(reference: ScalarNode, context: Context): Expansion<Loaded | undefined> {
  const { work } = context;
  if (context.depth >= MAX_DEPTH) {
    stopTooDeep(reference.at, context);
    return undefined;
  }
  if (!work.budget.charge(1, 0, reference.at)) return undefined;
  const resolved = resolvePath(reference.text, context, work.repositories);
  if (resolved.kind === 'unknown-alias') {
    work.report('repository-unknown', reference.at, `No repository found by name ${quote(resolved.alias)}.`);
    return undefined;
  }
  if (resolved.kind === 'outside') {
    const message = `The path ${quote(resolved.joined)} leaves the repository.`;
    work.report('template-path-invalid', reference.at, message);
    return undefined;
  }
  if (resolved.kind === 'no-path') {
    const message = `${quote(resolved.joined)} cannot be the path of a file.`;
    const help = 'Write the path of a file of the repository, such as `templates/build.yml`.';
    work.report('template-path-invalid', reference.at, message, help);
    return undefined;
  }
  const found = yield* fileAt(resolved, reference, context);
  if (found === undefined) return undefined;
  const file: SourceFile = { ...found.source, includedFrom: reference.at };
  const { repository, path } = resolved;
  if (found.root.kind === 'mapping')
    return { original: found.source, file, path, repository, root: found.root };
  const message = `A template must be a mapping, but ${quote(displayPath(resolved))} holds ${shapeOf(found.root)}.`;
  work.report('template-invalid', reference.at, message);
  return undefined;
}

/** Each file is read once, however often it is included. */
function* fileAt(
  place: FilePlace,
  reference: ScalarNode,
  context: Context,
): Expansion<TemplateFile | undefined> {
  const { files, report, budget } = context.work;
  const key = displayPath(place);
  if (files.has(key)) {
    const known = files.get(key);
    if (known === undefined) report('template-not-found', reference.at, notFound(place));
    return known;
  }
  if (files.size >= MAX_TEMPLATE_FILES) {
    const message = `The pipeline includes more than ${MAX_TEMPLATE_FILES} files.`;
    report('expansion-too-large', reference.at, message);
    budget.stop();
    return undefined;
  }
  const answer = yield { repository: place.repository, path: place.path };
  if (answer.kind === 'no-repository') {
    reportUnavailable(place, answer.help, reference, report);
    return undefined;
  }
  if (answer.kind === 'no-file') {
    files.set(key, undefined);
    report('template-not-found', reference.at, notFound(place));
    return undefined;
  }
  const file = readTemplate(key, answer.text, reference, context);
  files.set(key, file);
  if (file !== undefined) checkTemplate(file, place, reference, context);
  return file;
}

function reportUnavailable(
  { repository, path }: FilePlace,
  help: string | undefined,
  { at }: ScalarNode,
  report: Report,
): void {
  const what = repository === undefined ? '' : ` ${quote(repository.name)} (${quote(repository.alias)})`;
  report(
    'repository-unavailable',
    at,
    `The repository${what} of the template ${quote(path)} cannot be read.`,
    help,
  );
}

function readTemplate(
  path: string,
  text: string,
  reference: ScalarNode,
  { work }: Context,
): TemplateFile | undefined {
  // The reader knows nothing of templates: its reports get the way that led here.
  const report: Report = (code, at, message, help) => {
    work.report(code, { ...at, file: { ...at.file, includedFrom: reference.at } }, message, help);
  };
  const root = readYaml(path, text, report);
  if (root === undefined) return undefined;
  noteDynamic(root, work.dynamic);
  return { source: root.at.file, root };
}

function checkTemplate(
  { source, root }: TemplateFile,
  place: FilePlace,
  reference: ScalarNode,
  { work, depth }: Context,
): void {
  const file: SourceFile = { ...source, includedFrom: reference.at };
  const bare = contextOf(work, { ...place, original: source, file }, parametersValue(new Map()), depth);
  checkExpressions(root, 'pipeline', bare);
}

function notFound(place: FilePlace): string {
  return `There is no file ${quote(displayPath(place))}.`;
}

/** The node under a key of a template's root. */
export function bodyOf({ root }: Loaded, key: string): Node | undefined {
  return root.entries.find((entry) => entry.key.text === key)?.value;
}
