import { readFields } from '../key.ts';
import type { Key, KeyTable } from '../key.ts';
import { booleanKey } from '../values.ts';
import { filterKey, readFilter } from './filters.ts';

const keys = {
  autoCancel: booleanKey('True cancels the run of an older push to the same pull request.'),
  enabled: booleanKey('False switches the trigger off.'),
  branches: filterKey('Which target branches start a run.'),
  paths: filterKey('Which changed files start a run.'),
  drafts: booleanKey('False leaves out drafts.'),
};

/** The keys of a `pr` mapping (TRIG-20). */
export const prKeys: KeyTable = keys;

/** `pr`: `none`, branch patterns, or a mapping (TRIG-20). Checked for its shape. */
export const prKey: Key<true> = {
  summary: 'Which pull requests start a run: `none`, a list of target branches, or a mapping.',
  read(node, scope) {
    if (node.kind !== 'mapping') return readFilter(node, scope);
    return readFields(node, keys, 'a pull request trigger', scope) && true;
  },
};
