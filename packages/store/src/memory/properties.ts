import { fold } from '@signalbox/model';
import type { Properties, PropertyBag, PropertyOwner, PropertyValue } from '../port/properties.ts';
import { byText } from './rows.ts';
import type { Tables } from './tables.ts';

interface Kept {
  readonly name: string;
  readonly value: PropertyValue;
}

/** Properties of runs and pipelines in memory. */
export function properties(tables: Tables): Properties {
  const bags = new Map<string, Map<string, Kept>>();
  const keyOf = ({ kind, id }: PropertyOwner): string => `${kind}:${id}`;
  const bagOf = (owner: PropertyOwner): PropertyBag =>
    Object.fromEntries(
      byText([...(bags.get(keyOf(owner)) ?? [])], ([folded]) => folded).map(([, { name, value }]) => [
        name,
        value,
      ]),
    );
  tables.whenRemoved.push((id) => void bags.delete(keyOf({ kind: 'run', id })));
  tables.whenDefinitionRemoved.push((id) => {
    const key = keyOf({ kind: 'definition', id });
    const bag = bags.get(key);
    bags.delete(key);
    return () => {
      if (bag !== undefined) bags.set(key, bag);
    };
  });
  return {
    of: async (owner) => bagOf(owner),
    async change(owner, { set, remove }) {
      const bag = bags.get(keyOf(owner)) ?? new Map<string, Kept>();
      for (const name of remove) bag.delete(fold(name));
      for (const [name, value] of Object.entries(set)) {
        bag.set(fold(name), { name: bag.get(fold(name))?.name ?? name, value });
      }
      bags.set(keyOf(owner), bag);
      return bagOf(owner);
    },
  };
}
