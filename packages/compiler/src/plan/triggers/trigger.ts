import type { Filter, PushTrigger } from '@signalbox/model';
import { isEmpty } from '../../read/node.ts';
import type { Node } from '../../read/node.ts';
import { readFields } from '../key.ts';
import type { Key, KeyTable, Scope } from '../key.ts';
import { choiceOf, mappingOf, oneOf, TEXTS } from '../shape.ts';
import { booleanKey, given } from '../values.ts';
import { filterKey, readFilter } from './filters.ts';

const keys = {
  enabled: booleanKey('False switches the trigger off, as `none` does.'),
  batch: booleanKey('True collects pushes while a run of the branch is going on.'),
  branches: filterKey('Which branches start a run.', 'refs'),
  paths: filterKey('Which changed files start a run.', 'paths'),
  tags: filterKey('Which tags start a run.', 'refs'),
};

/** The keys of a `trigger` mapping (TRIG-1); the service itself writes `enabled` (REC-163). */
export const triggerKeys: KeyTable = keys;

/** `trigger`: `none`, branch patterns, or a mapping (TRIG-1); nothing is as if it were absent (TRIG-2). */
export const triggerKey: Key<PushTrigger> = {
  summary: 'Which pushes start a run: `none`, a list of branches, or a mapping.',
  shape: oneOf(choiceOf('none'), TEXTS, mappingOf('trigger')),
  read(node, scope) {
    if (node.kind !== 'mapping')
      return onBranches(node, scope, (branches) => ({ kind: 'on', batch: false, branches }));
    const fields = readFields(node, keys, 'a trigger', scope);
    if (fields === undefined) return undefined;
    const { enabled, batch = false, branches, paths, tags } = fields;
    return enabled === false ? { kind: 'none' } : { kind: 'on', batch, ...given({ branches, paths, tags }) };
  },
};

/** The forms without mapping: `none`, or branch patterns; nothing gives nothing. */
export function onBranches<Trigger>(
  node: Node,
  scope: Scope,
  on: (branches: Filter) => Trigger,
): Trigger | { readonly kind: 'none' } | undefined {
  if (isEmpty(node)) return undefined;
  if (node.kind === 'scalar' && node.text === 'none') return { kind: 'none' };
  const branches = readFilter(node, 'refs', scope);
  return branches === undefined ? undefined : on(branches);
}
