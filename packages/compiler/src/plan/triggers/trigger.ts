import { readFields } from '../key.ts';
import type { Key, KeyTable } from '../key.ts';
import { booleanKey } from '../values.ts';
import { filterKey, readFilter } from './filters.ts';

const keys = {
  batch: booleanKey('True collects pushes while a run of the branch is going on.'),
  enabled: booleanKey('False switches the trigger off.'),
  branches: filterKey('Which branches start a run.'),
  paths: filterKey('Which changed files start a run.'),
  tags: filterKey('Which tags start a run.'),
  stages: filterKey('Which finished stages of the other pipeline start a run.'),
};

/** The keys of a `trigger` mapping (TRIG-1, TRIG-40). */
export const triggerKeys: KeyTable = keys;

/** `trigger`: `none`, branch patterns, or a mapping (TRIG-1). Checked for its shape. */
export const triggerKey: Key<true> = {
  summary: 'Which pushes start a run: `none`, a list of branches, or a mapping.',
  read(node, scope) {
    if (node.kind !== 'mapping') return readFilter(node, scope);
    return readFields(node, keys, 'a trigger', scope) && true;
  },
};
