import { readFields } from '../key.ts';
import type { Key, KeyTable } from '../key.ts';
import { readTextList } from '../values.ts';

const keys = {
  repositories: { summary: 'Aliases of repositories.', read: readTextList },
  pools: { summary: 'Names of pools.', read: readTextList },
};

/** The keys of a `uses` mapping (YAML-34). */
export const usesKeys: KeyTable = keys;

/** `uses`: declares resources that a script uses; nothing runs by it (YAML-34). */
export const usesKey: Key<true> = {
  summary: 'Repositories and pools that the job uses without naming them elsewhere.',
  read: (node, scope) => readFields(node, keys, '`uses`', scope) && true,
};
