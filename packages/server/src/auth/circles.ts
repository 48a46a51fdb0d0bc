import { fold } from '@signalbox/model';
import type { GroupRow } from '@signalbox/store';

/**
 * The way from a group to itself, were it to have these members: its name, those of the groups between, its name again.
 * Undefined when there is none. The known groups may hold a circle already; the search ends all the same.
 */
export function circleOf(
  known: readonly Pick<GroupRow, 'name' | 'members'>[],
  wanted: Pick<GroupRow, 'name' | 'members'>,
): readonly string[] | undefined {
  const others = known.filter(({ name }) => fold(name) !== fold(wanted.name));
  const seen = new Set<string>();
  const search = (
    group: Pick<GroupRow, 'name' | 'members'>,
    way: readonly string[],
  ): readonly string[] | undefined => {
    for (const member of group.members) {
      if (member.kind !== 'group') continue;
      if (fold(member.name) === fold(wanted.name)) return [...way, wanted.name];
      const next = others.find(({ name }) => fold(name) === fold(member.name));
      if (next === undefined || seen.has(fold(next.name))) continue;
      seen.add(fold(next.name));
      const found = search(next, [...way, next.name]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return search(wanted, [wanted.name]);
}
