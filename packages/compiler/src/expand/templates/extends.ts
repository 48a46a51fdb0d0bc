import type { ExtendedTemplate } from '@signalbox/model';
import { quote } from '../../diagnostics.ts';
import { isEmpty, shapeOf } from '../../read/node.ts';
import type { Entry, MappingNode, Node } from '../../read/node.ts';
import { contextOf } from '../context.ts';
import type { Context, Expansion } from '../context.ts';
import { bindParameters } from '../parameters/bind.ts';
import { asItems } from './include.ts';
import { loadTemplate } from './load.ts';
import { declareRepositories } from './repositories.ts';
import type { Loaded } from './load.ts';
import { referenceOf } from './reference.ts';

/** Keys that only the file of the pipeline itself may have (TPL-5). */
const OWN_KEYS: ReadonlySet<string> = new Set(['trigger', 'pr', 'schedules', 'name']);

/** Keys of which an extending file has none beside `extends` (TPL-4). */
const FORM_KEYS: ReadonlySet<string> = new Set(['stages', 'jobs', 'steps']);

/** Replaces `extends` of an expanded pipeline by what its template holds; templates may extend others (TPL-4, REC-85). */
export function* resolveExtends(pipeline: MappingNode, context: Context): Expansion<MappingNode> {
  const found = pipeline.entries.find(({ key }) => key.text === 'extends');
  if (found === undefined) return pipeline;
  const others = pipeline.entries.filter((entry) => entry !== found);
  const template = checkForms(others, context) ? yield* expandExtends(found.value, context) : undefined;
  return { ...pipeline, entries: template === undefined ? others : combine(others, template.entries) };
}

function checkForms(entries: readonly Entry[], { work }: Context): boolean {
  const form = entries.find(({ key }) => FORM_KEYS.has(key.text));
  if (form === undefined) return true;
  const message = `A pipeline has only one of ${quote(form.key.text)} and 'extends'.`;
  work.report('conflicting-keys', form.key.at, message);
  return false;
}

function* expandExtends(value: Node, context: Context): Expansion<MappingNode | undefined> {
  if (value.kind !== 'mapping') {
    if (!context.work.budget.spent()) {
      const message = `'extends' must be a mapping, but this is ${shapeOf(value)}.`;
      context.work.report('wrong-shape', value.at, message, 'Write `template:` and the path below it.');
    }
    return undefined;
  }
  const reference = referenceOf(value, context);
  if (reference === undefined) {
    const hasKey = value.entries.some(({ key }) => key.text === 'template');
    if (!hasKey) context.work.report('missing-key', value.at, "'extends' needs the key 'template'.");
    return undefined;
  }
  const loaded = yield* loadTemplate(reference.template, context);
  if (loaded === undefined || !checkOwnKeys(loaded, context)) return undefined;
  context.work.extended.push(extendedBy(loaded));
  const parameters = yield* bindParameters(loaded, reference, context);
  if (parameters === undefined) return undefined;
  const inner = contextOf(context.work, loaded, parameters, context.depth + 1);
  yield* declareRepositories(loaded.root, inner);
  const body = yield* context.work.walk.node(loaded.root, 'pipeline', inner);
  return body.kind === 'mapping' ? yield* resolveExtends(body, inner) : undefined;
}

function extendedBy({ repository, path }: Loaded): ExtendedTemplate {
  if (repository === undefined) return { path };
  const { type, name, ref } = repository;
  return { repository: { type, name, ref }, path };
}

function checkOwnKeys({ root, file }: Loaded, { work }: Context): boolean {
  const own = root.entries.filter(({ key }) => OWN_KEYS.has(key.text));
  for (const { key } of own) {
    const message = `${quote(key.text)} is not a key of a template.`;
    work.report('unexpected-key', { ...key.at, file }, message, 'Move it to the file of the pipeline.');
  }
  return own.length === 0;
}

/** The template's keys in place of `extends`; variables and resources of both files apply (REC-85). */
function combine(outer: readonly Entry[], template: readonly Entry[]): readonly Entry[] {
  const byName = new Map(outer.map((entry) => [entry.key.text, entry]));
  for (const entry of template) {
    const own = byName.get(entry.key.text);
    byName.set(entry.key.text, own === undefined ? entry : { key: own.key, value: merged(own, entry) });
  }
  return [...byName.values()];
}

/** Where both files have a key, the outer one stands first in lists, and else the template's counts. */
function merged({ key, value: outer }: Entry, { value: template }: Entry): Node {
  if (isEmpty(outer)) return template;
  if (key.text === 'variables') return joined(variablesOf(outer), variablesOf(template), outer);
  if (key.text === 'resources' && outer.kind === 'mapping' && template.kind === 'mapping') {
    const lists = new Map(outer.entries.map((entry) => [entry.key.text, entry]));
    for (const entry of template.entries) {
      const own = lists.get(entry.key.text);
      const value =
        own === undefined ? entry.value : joined(itemsOf(own.value), itemsOf(entry.value), own.value);
      lists.set(entry.key.text, { key: own?.key ?? entry.key, value });
    }
    return { ...outer, entries: [...lists.values()] };
  }
  return template;
}

function joined(outer: readonly Node[], template: readonly Node[], { at }: Node): Node {
  return { kind: 'list', items: [...outer, ...template], at };
}

function variablesOf(node: Node): readonly Node[] {
  return node.kind === 'mapping' ? asItems(node) : itemsOf(node);
}

function itemsOf(node: Node): readonly Node[] {
  return node.kind === 'list' ? node.items : [];
}
