import { isScalar } from 'yaml';
import { firstOf } from './fault.ts';
import type { Fault, Planter } from './fault.ts';
import { pairOf, replaced, textOf, withKey } from './source-text.ts';
import type { Edit } from './source-text.ts';
import type { Item } from './subject.ts';

/** A `dependsOn` that names nobody. */
export const plantUnknownDependency: Planter = async ({ items }, random) =>
  firstOf(items.filter(isNode), random, (item) => planted(item, withDependency(item, 'nosuch_qz')));

/** A `dependsOn` that names one who waits already, or else the item itself. */
export const plantCycle: Planter = async ({ items }, random) =>
  firstOf(items.filter(isNode), random, (item) => {
    const name = random.pick(item.dependents) ?? item.name;
    if (name.startsWith('__')) return undefined;
    const edit = pairOf(item.site, 'dependsOn') === undefined ? withDependency(item, name) : undefined;
    return planted(item, edit);
  });

/** The name of a sibling that stands before. */
export const plantDuplicateName: Planter = async ({ items }, random) =>
  firstOf(items.filter(isNode), random, (item) => {
    const name = random.pick(item.before.filter((one) => !one.startsWith('__')));
    const value = item.site.map.items[0]?.value;
    const isWritten = textOf(value)?.toLowerCase() === item.name.toLowerCase();
    if (name === undefined || !isWritten || !isScalar(value)) return undefined;
    const [start, end] = value.range ?? [0, 0];
    return planted(item, replaced(item.source.text, start, end, name));
  });

function isNode({ what }: Item): boolean {
  return what !== 'step';
}

/** Replaces a `dependsOn` of one written name, or adds one where nothing in the item says another. */
function withDependency(item: Item, name: string): Edit | undefined {
  const { source, site } = item;
  const value = pairOf(site, 'dependsOn')?.value;
  if (isScalar(value) && value.type === 'PLAIN' && /^\w+$/.test(textOf(value) ?? '')) {
    const [start, end] = value.range ?? [0, 0];
    return replaced(source.text, start, end, name);
  }
  const [start, end] = site.map.range ?? [0, 0];
  const mentioned = /\bdependsOn\s*:/.test(source.text.slice(start, end));
  return mentioned ? undefined : withKey(source, site, `dependsOn: ${name}`);
}

function planted({ source: { file }, name }: Item, edit: Edit | undefined): Fault | undefined {
  return edit === undefined ? undefined : { file, ...edit, note: name };
}
