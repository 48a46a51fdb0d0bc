import type { UsesPlan } from '@signalbox/model';
import { readFields } from '../key.ts';
import type { Key, KeyTable } from '../key.ts';
import { mappingOf, TEXTS } from '../shape.ts';
import { readTextList } from '../values.ts';

const textsKey = (summary: string): Key<readonly string[]> => ({
  summary,
  shape: TEXTS,
  read: (node, scope) => readTextList(node, scope)?.map(({ text }) => text),
});

const keys = {
  repositories: textsKey('Aliases of repositories.'),
  pools: textsKey('Names of pools.'),
};

/** The keys of a `uses` mapping (YAML-34). */
export const usesKeys: KeyTable = keys;

/** `uses`: declares resources that a script uses; nothing runs by it (YAML-34). */
export const usesKey: Key<UsesPlan> = {
  summary: 'Repositories and pools that the job uses without naming them elsewhere.',
  shape: mappingOf('uses'),
  read(node, scope) {
    const fields = readFields(node, keys, '`uses`', scope);
    if (fields === undefined) return undefined;
    const { repositories = [], pools = [] } = fields;
    return { repositories, pools };
  },
};
