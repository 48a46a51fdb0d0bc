import { cronProblems, type SchedulePlan } from '@signalbox/model';
import { quote } from '../../diagnostics.ts';
import { shapeOf } from '../../read/node.ts';
import type { Node } from '../../read/node.ts';
import { checkItemKind } from '../item-kind.ts';
import { isMapping, readFields } from '../key.ts';
import type { Key, KeyTable, Scope } from '../key.ts';
import { choiceOf, listOf, oneOf, TEXT } from '../shape.ts';
import { booleanKey, given, readScalar, textKey } from '../values.ts';
import { filterKey } from './filters.ts';
import { listHelp } from '../shape-help.ts';

const keys = {
  cron: {
    summary: 'Minute, hour, day of month, month, day of week; UTC.',
    required: true,
    shape: TEXT,
    read: readCron,
  },
  displayName: textKey('What the schedule is called.'),
  branches: filterKey('Which branches are scheduled.', 'refs'),
  batch: booleanKey('True leaves a run out while the last one is going on. Default false.'),
  always: booleanKey('True starts a run although nothing changed. Default false.'),
};

/** The keys of an item of `schedules` (TRIG-30). */
export const scheduleKeys: KeyTable = keys;

/** `schedules`: a list of cron schedules, or `none` (TRIG-30). */
export const schedulesKey: Key<readonly SchedulePlan[]> = {
  summary: 'When runs start by the clock.',
  shape: oneOf(choiceOf('none'), listOf('schedule')),
  read(node, scope) {
    if (node.kind === 'list') return node.items.flatMap((item) => readSchedule(item, scope));
    if (node.kind === 'scalar' && ['', 'none'].includes(node.text)) return [];
    scope.report(
      'wrong-shape',
      node.at,
      `Schedules must be a list, but this is ${shapeOf(node)}.`,
      listHelp(node, '- cron: …'),
    );
    return undefined;
  },
};

function readSchedule(item: Node, scope: Scope): readonly SchedulePlan[] {
  if (!isMapping(item, 'a schedule', scope)) return [];
  if (checkItemKind(item, ['cron'], 'a schedule', scope) === undefined) return [];
  const fields = readFields(item, keys, 'a schedule', scope);
  if (fields?.cron === undefined) return [];
  const { cron, displayName, branches, batch = false, always = false } = fields;
  return [{ cron, ...given({ displayName, branches }), batch, always }];
}

/** The text without white space at its ends; every problem of its fields is reported (TRIG-30). */
function readCron(node: Node, scope: Scope): string | undefined {
  const scalar = readScalar(node, scope);
  if (scalar === undefined) return undefined;
  for (const problem of cronProblems(scalar.text)) {
    scope.report('schedule-invalid', scalar.at, `${quote(scalar.text)}: ${problem}`);
  }
  return scalar.text.trim();
}
