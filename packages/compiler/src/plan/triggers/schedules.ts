import { quote } from '../../diagnostics.ts';
import { shapeOf } from '../../read/node.ts';
import type { Node } from '../../read/node.ts';
import { readFields } from '../key.ts';
import type { Key, KeyTable, Scope } from '../key.ts';
import { booleanKey, readScalar, textKey } from '../values.ts';
import { filterKey } from './filters.ts';

const keys = {
  cron: { summary: 'Minute, hour, day of month, month, day of week; UTC.', required: true, read: readCron },
  displayName: textKey('What the schedule is called.'),
  branches: filterKey('Which branches are scheduled.'),
  batch: booleanKey('True leaves a run out while the last one is going on.'),
  always: booleanKey('True starts a run although nothing changed.'),
};

/** The keys of an item of `schedules` (TRIG-30). */
export const scheduleKeys: KeyTable = keys;

/** `schedules`: a list of cron schedules (TRIG-30). Checked for its shape. */
export const schedulesKey: Key<true> = {
  summary: 'When runs start by the clock.',
  read(node, scope) {
    if (node.kind === 'list') {
      for (const item of node.items) readFields(item, keys, 'a schedule', scope);
      return true;
    }
    if (node.kind === 'scalar' && ['', 'none'].includes(node.text)) return true;
    scope.report('wrong-shape', node.at, `Schedules must be a list, but this is ${shapeOf(node)}.`);
    return undefined;
  },
};

function readCron(node: Node, scope: Scope): string | undefined {
  const scalar = readScalar(node, scope);
  if (scalar === undefined) return undefined;
  if (/^\s*(?:[\dA-Za-z*/,-]+\s+){4}[\dA-Za-z*/,-]+\s*$/.test(scalar.text)) return scalar.text;
  scope.report('schedule-invalid', scalar.at, `${quote(scalar.text)} does not have five cron fields.`);
  return undefined;
}
