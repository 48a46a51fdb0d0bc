import type { PullRequestTrigger } from '@signalbox/model';
import { readFields } from '../key.ts';
import type { Key, KeyTable } from '../key.ts';
import { choiceOf, mappingOf, oneOf, TEXTS } from '../shape.ts';
import { booleanKey, given } from '../values.ts';
import { filterKey } from './filters.ts';
import { onBranches } from './trigger.ts';

const keys = {
  enabled: booleanKey('False switches the trigger off, as `none` does.'),
  autoCancel: booleanKey('True cancels the run of an older push to the same pull request. Default true.'),
  branches: filterKey('Which target branches start a run.', 'refs'),
  paths: filterKey('Which changed files start a run.', 'paths'),
  drafts: booleanKey('False leaves out drafts. Default true.'),
};

/** The keys of a `pr` mapping (TRIG-20); the service itself writes `enabled` (REC-163). */
export const prKeys: KeyTable = keys;

/** `pr`: `none`, target branches, or a mapping; nothing is as if it were absent (TRIG-20). */
export const prKey: Key<PullRequestTrigger> = {
  summary: 'Which pull requests start a run: `none`, a list of target branches, or a mapping.',
  shape: oneOf(choiceOf('none'), TEXTS, mappingOf('pr')),
  read(node, scope) {
    const byDefault = { kind: 'on', autoCancel: true, drafts: true } as const;
    if (node.kind !== 'mapping') return onBranches(node, scope, (branches) => ({ ...byDefault, branches }));
    const fields = readFields(node, keys, 'a pull request trigger', scope);
    if (fields === undefined) return undefined;
    const { enabled, ...rest } = fields;
    return enabled === false ? { kind: 'none' } : { ...byDefault, ...given(rest) };
  },
};
