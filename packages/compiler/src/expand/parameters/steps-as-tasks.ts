import type { Entry, MappingNode, Node, ScalarNode } from '../../read/node.ts';
import { shortcuts } from '../../plan/steps/shortcuts.ts';
import { checkout } from '../../plan/steps/checkout.ts';
import type { Shortcut } from '../../plan/steps/shortcut.ts';
import { placeOfItem, placeUnder } from '../place.ts';
import type { Place } from '../place.ts';

/** Tasks that final YAML names by their id (REC-165). */
const NAMED_BY_ID: ReadonlySet<string> = new Set(['checkout', 'publish', 'download']);

/**
 * An item of a list parameter in the form of final YAML: all its steps written as tasks, however deep they stand
 * (TPL-24, REC-61), and environments as mappings.
 */
export function stepsAsTasks(item: Node, place: Place): Node {
  if (place === 'steps') return item.kind === 'mapping' ? asTask(item) : item;
  return place === 'data' ? item : inner(item, placeOfItem(place));
}

function inner(node: Node, place: Place): Node {
  if (place === 'data' || place === 'variables' || node.kind === 'scalar') return node;
  if (node.kind === 'list') return { ...node, items: node.items.map((item) => stepsAsTasks(item, place)) };
  const entries = node.entries.map(({ key, value }) => ({
    key,
    value: isEnvironment(key, node, place)
      ? environmentAsMapping(value)
      : inner(value, placeUnder(place, key.text)),
  }));
  return { ...node, entries };
}

function isEnvironment({ text }: ScalarNode, node: MappingNode, place: Place): boolean {
  return place === 'job' && text === 'environment' && node.entries[0]?.key.text === 'deployment';
}

/** `name` or `name.resource` as final YAML shows it (REC-163). */
function environmentAsMapping(value: Node): Node {
  if (value.kind !== 'scalar' || value.text === '') return value;
  const at = { kind: 'scalar', text: '', at: value.at } as const;
  const dot = value.text.indexOf('.');
  const name = entry('name', dot < 0 ? value.text : value.text.slice(0, dot), at);
  const entries = dot < 0 ? [name] : [name, entry('resourceName', value.text.slice(dot + 1), at)];
  return { kind: 'mapping', entries, at: value.at };
}

function asTask(step: MappingNode): MappingNode {
  const first = step.entries[0];
  const shortcut = first === undefined ? undefined : shortcuts.get(first.key.text);
  if (first === undefined || shortcut === undefined) return step;
  const inputs: Entry[] = Object.entries(shortcut.fixed).map(([name, text]) => entry(name, text, first.key));
  const [common, further]: [Entry[], Entry[]] = [[], []];
  for (const one of step.entries) {
    const input = inputOf(one.key.text, shortcut);
    if (input !== undefined) inputs.push({ key: { ...one.key, text: input }, value: one.value });
    else if (one.key.text !== 'inputs' || one.value.kind !== 'mapping') common.push(one);
    else further.push(...one.value.entries);
  }
  const said = new Set(inputs.map(({ key }) => key.text));
  inputs.push(...further.filter(({ key }) => !said.has(key.text)));
  const skipped = shortcut === checkout && isNone(first.value);
  return {
    ...step,
    entries: [
      entry('task', taskOf(shortcut), first.key),
      ...common,
      ...(skipped ? [entry('condition', 'false', first.key)] : []),
      {
        key: { ...first.key, text: 'inputs' },
        value: { kind: 'mapping', entries: inputs, at: step.at },
      },
    ],
  };
}

function taskOf({ key, id, task }: Shortcut): string {
  return `${NAMED_BY_ID.has(key) ? id : task.name}@${task.version}`;
}

function inputOf(key: string, shortcut: Shortcut): string | undefined {
  if (key === shortcut.key) return shortcut.input;
  const extra = Object.hasOwn(shortcut.extras, key) ? shortcut.extras[key] : undefined;
  return extra === undefined ? undefined : (extra.input ?? key);
}

function isNone(node: Node): boolean {
  return node.kind === 'scalar' && node.text.toLowerCase() === 'none';
}

function entry(name: string, text: string, { at }: ScalarNode): Entry {
  return { key: { kind: 'scalar', text: name, at }, value: { kind: 'scalar', text, at } };
}
