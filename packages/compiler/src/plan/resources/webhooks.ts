import type { WebhookResourcePlan } from '@signalbox/model';
import { isEmpty, shapeOf } from '../../read/node.ts';
import type { Node } from '../../read/node.ts';
import { checkItemKind } from '../item-kind.ts';
import { isMapping, readFields } from '../key.ts';
import type { Key, KeyTable, Scope } from '../key.ts';
import { listOf } from '../shape.ts';
import { given, textKey } from '../values.ts';
import { resourceListKey } from './resource-list.ts';
import { listHelp } from '../shape-help.ts';

type Filters = WebhookResourcePlan['filters'];

const filterFields = {
  path: textKey('Where in the payload, for example `pull_request.action`.', { required: true }),
  value: textKey('What must stand there.', { required: true }),
};

/** The keys of an item of a web hook's `filters` (RSRC-7). */
export const webhookFilterKeys: KeyTable = filterFields;

const filtersKey: Key<Filters> = {
  summary: 'What the payload must hold; all of it.',
  shape: listOf('webhook filter'),
  read: readFilters,
};

const keys = {
  webhook: textKey('The alias; the payload is `${{ parameters.ALIAS }}`.', { required: true }),
  connection: textKey('The service connection of the kind incoming web hook.', { required: true }),
  type: textKey('The extension that the web hook comes from.'),
  filters: filtersKey,
};

/** The keys of an item of `resources.webhooks` (RSRC-7). */
export const webhookResourceKeys: KeyTable = keys;

/** `resources.webhooks`: calls from outside that start runs (RSRC-7). */
export const webhookResourcesKey: Key<readonly WebhookResourcePlan[]> = resourceListKey(
  'Incoming web hooks.',
  {
    key: 'webhook',
    what: 'a web hook',
    keys,
    plan: (alias, { connection, type, filters = [] }): WebhookResourcePlan | undefined =>
      connection === undefined ? undefined : { alias, connection, ...given({ type }), filters },
  },
);

function readFilters(node: Node, scope: Scope): Filters | undefined {
  if (isEmpty(node)) return [];
  if (node.kind !== 'list') {
    scope.report(
      'wrong-shape',
      node.at,
      `A list is expected here, but this is ${shapeOf(node)}.`,
      listHelp(node, '- path: …'),
    );
    return undefined;
  }
  return node.items.flatMap((item) => {
    if (!isMapping(item, 'a filter', scope)) return [];
    if (checkItemKind(item, ['path'], 'a filter', scope) === undefined) return [];
    const { path, value } = readFields(item, filterFields, 'a filter', scope) ?? {};
    return path === undefined || value === undefined ? [] : [{ path, value }];
  });
}
