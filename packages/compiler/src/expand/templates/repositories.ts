import { fold } from '@signalbox/model';
import type { RepositoryPlan } from '@signalbox/model';
import type { Entry, MappingNode, Node } from '../../read/node.ts';
import { DEFAULT_REF, DEFAULT_REPOSITORY_TYPE } from '../../plan/resources/repositories.ts';
import type { Report } from '../../diagnostics.ts';
import { MAX_DIAGNOSTICS } from '../../limits.ts';
import type { Context, Expansion, Work } from '../context.ts';

/**
 * Declares the repositories of a pipeline or of a template that it extends. Every reference knows them, wherever
 * `resources` stands in the file.
 */
export function* declareRepositories(root: MappingNode, context: Context): Expansion<void> {
  const { work } = context;
  const resources = root.entries.find(({ key }) => key.text === 'resources');
  const before = root.entries.slice(
    0,
    root.entries.findIndex(({ key }) => key.text === 'resources'),
  );
  if (resources === undefined) return;
  const { quiet, tellIfStopped } = quietly(context);
  const mark = work.variables.enter();
  for (const { key, value } of before) {
    if (key.text === 'variables') yield* work.walk.node(beforeFirstAlias(value), 'variables', quiet);
  }
  const expanded = yield* work.walk.node(resources.value, 'resources', quiet);
  work.variables.leave(mark);
  tellIfStopped();
  for (const entry of entriesOf(expanded)) {
    if (entry.key.text !== 'repositories' || entry.value.kind !== 'list') continue;
    for (const item of entry.value.items) declare(item, work);
  }
}

/**
 * The same place without reports: they come when the file is expanded in its order, and here only the names are
 * wanted. Files are read for themselves, so that what is wrong in them is reported when they are read again. What stops
 * everything is told after all: nothing is expanded any more.
 */
function quietly(context: Context): { readonly quiet: Context; readonly tellIfStopped: () => void } {
  const { work } = context;
  const unsaid: Parameters<Report>[] = [];
  const report: Report = (...one) => {
    // The last one is kept in any case: it says why everything stopped.
    unsaid[Math.min(unsaid.length, MAX_DIAGNOSTICS - 1)] = one;
  };
  return {
    quiet: { ...context, work: { ...work, report, files: new Map(work.files) } },
    tellIfStopped() {
      if (work.budget.spent()) for (const one of unsaid) work.report(...one);
    },
  };
}

/** The variables that can be known when the first of them needs a repository: those before it. */
function beforeFirstAlias(variables: Node): Node {
  if (variables.kind !== 'list') return variables;
  const first = variables.items.findIndex((item) => needsRepository(item));
  return first < 0 ? variables : { ...variables, items: variables.items.slice(0, first) };
}

function needsRepository(item: Node): boolean {
  const { key, value } = entriesOf(item)[0] ?? {};
  const text = key?.text === 'template' && value?.kind === 'scalar' ? value.text : '';
  return text.includes('@') && !/@self$/i.test(text);
}

function declare(item: Node, { repositories }: Work): void {
  const texts = new Map(
    entriesOf(item).map(({ key, value }) => [key.text, value.kind === 'scalar' ? value.text : '']),
  );
  const alias = texts.get('repository');
  if (alias === undefined || fold(alias) === 'self') return;
  const name = texts.get('name') ?? '';
  const ref = texts.get('ref') || DEFAULT_REF;
  // The kind is checked where repositories are planned.
  const type = (texts.get('type') || DEFAULT_REPOSITORY_TYPE) as RepositoryPlan['type'];
  repositories.set(fold(alias), { alias, type, name, ref });
}

function entriesOf(node: Node): readonly Entry[] {
  return node.kind === 'mapping' ? node.entries : [];
}
