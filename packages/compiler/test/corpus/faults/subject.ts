import { compile } from '@signalbox/compiler';
import type { CompileResult, FileProvider } from '@signalbox/compiler';
import type { Plan, SourceRange } from '@signalbox/model';
import { nameOf, requestFor } from '../real-roots.ts';
import type { RealRoot } from '../real-roots.ts';
import { offsetOf, sourceText, textOf } from './source-text.ts';
import type { MappingSite, SourceText } from './source-text.ts';

/** A stage, job or step of a plan at the place where its author wrote it. */
export interface Item {
  readonly what: 'stage' | 'job' | 'deployment' | 'step';
  readonly name: string;
  /** Names of those before it at its level, and of those that depend on it. */
  readonly before: readonly string[];
  readonly dependents: readonly string[];
  readonly source: SourceText;
  readonly site: MappingSite;
}

/** A root that compiles, its files, and what of them is in its plan. */
export interface Subject {
  readonly name: string;
  readonly root: RealRoot;
  readonly files: ReadonlyMap<string, SourceText>;
  /** Items that stand once in the plan: a change of one changes nothing else. */
  readonly items: readonly Item[];
}

/** A compilation with one file changed, and the paths that it asked for in vain. */
export interface Trial {
  readonly result: CompileResult;
  readonly missed: readonly string[];
}

/** Compiles a root and finds its items; undefined when it is refused. */
export async function subjectOf(root: RealRoot): Promise<Subject | undefined> {
  const files = new Map<string, SourceText>();
  const request = requestFor(root, (file, text) => {
    if (!files.has(file)) files.set(file, sourceText(file, text));
    return text;
  });
  const result = await compile(request);
  return result.ok ? { name: nameOf(root), root, files, items: itemsOf(result.plan, files) } : undefined;
}

/** Compiles a root with another text for one of its files. */
export async function trial({ root }: Subject, file: string, text: string): Promise<Trial> {
  const missed: string[] = [];
  const request = requestFor(root, (path, old) => (path === file ? text : old));
  const noting = (files: FileProvider, suffix: string): FileProvider => ({
    async read(path) {
      const found = await files.read(path);
      if (found === undefined) missed.push(`${path}${suffix}`);
      return found;
    },
  });
  const result = await compile({
    ...request,
    files: noting(request.files, ''),
    repositories: async (repository) => {
      const files = await request.repositories?.(repository);
      return files !== undefined && 'read' in files ? noting(files, `@${repository.alias}`) : files;
    },
  });
  return { result, missed };
}

interface Node {
  readonly name?: string;
  readonly dependsOn?: readonly string[];
  readonly source: SourceRange;
}

interface Placed {
  readonly what: Item['what'];
  readonly node: Node;
  readonly siblings: readonly Node[];
}

/** Items whose place is in the plan once and is a mapping of a file there. */
function itemsOf(plan: Plan, files: ReadonlyMap<string, SourceText>): readonly Item[] {
  const placed = placedIn(plan);
  const count = new Map<string, number>();
  for (const { node } of placed) count.set(placeOf(node), (count.get(placeOf(node)) ?? 0) + 1);
  return placed
    .filter(({ node }) => count.get(placeOf(node)) === 1)
    .map((one) => itemOf(one, files.get(one.node.source.file)))
    .filter((one) => one !== undefined);
}

function placedIn({ stages }: Plan): readonly Placed[] {
  const all = (what: Item['what'], siblings: readonly Node[]): readonly Placed[] =>
    siblings.map((node) => ({ what, node, siblings }));
  const jobs = stages.map((stage) => stage.jobs);
  const steps = jobs.flat().map((job) => (job.kind === 'job' ? job.steps : []));
  return [
    ...all('stage', stages),
    ...jobs.flatMap((list) => all('job', list)),
    ...steps.flatMap((list) => all('step', list)),
  ];
}

function placeOf({ source: { file, line, column } }: Node): string {
  return `${file}:${line}:${column}`;
}

function itemOf({ what, node, siblings }: Placed, source: SourceText | undefined): Item | undefined {
  const { line, column } = node.source;
  const site = source?.mappings.get(offsetOf(source.text, line, column));
  if (source === undefined || site === undefined) return undefined;
  const { name = '' } = node;
  const names = (nodes: readonly Node[]): readonly string[] => nodes.map((one) => one.name ?? '');
  const kind = textOf(site.map.items[0]?.key);
  return {
    what: kind === 'deployment' ? 'deployment' : what,
    name,
    before: names(siblings.slice(0, siblings.indexOf(node))),
    dependents: names(siblings.filter(({ dependsOn = [] }) => dependsOn.includes(name))),
    source,
    site,
  };
}
