import { REST_MS } from '../limits.ts';
import { connected } from './address.ts';
import { impossible, inputOf, type CallParts, type Intent } from './call.ts';
import { fill } from './fill.ts';

/**
 * Query Azure Monitor alerts: passes while no alert matches. The connection's address is that of the subscription,
 * `https://management.azure.com/subscriptions/<id>`, and its token one that Azure Resource Manager takes.
 */
export function monitorCall(parts: CallParts): Intent {
  const named = (name: string): string | undefined => {
    const text = inputOf(parts.inputs, name);
    return text === undefined ? undefined : fill(text, 'text', parts.lookup);
  };
  const group = named('ResourceGroupName');
  if (group === undefined) return impossible('"ResourceGroupName" is empty; name a resource group.');
  const query = new URLSearchParams({
    'api-version': '2018-05-05',
    targetResourceGroup: group,
    monitorCondition: named('monitorCondition') ?? 'Fired',
    timeRange: named('timeRange') ?? '1h',
    alertState: named('alertState') ?? 'Acknowledged,New',
    severity: named('severity') ?? 'Sev0,Sev1,Sev2,Sev3,Sev4',
    ...filterOf(named, `${pathOf(parts.connection)}/resourceGroups/${group}/providers`),
  });
  const suffix = `/providers/Microsoft.AlertsManagement/alerts?${query.toString()}`;
  return getCall(parts, suffix, "eq(count(jsonpath('$.value[*]')), 0)");
}

/** The one resource or rule that counts; what the other input holds is left over from an earlier choice. */
function filterOf(
  named: (name: string) => string | undefined,
  scope: string,
): Readonly<Record<string, string>> {
  const filter = named('filterType')?.toLowerCase();
  const resource = filter === 'resource' ? named('resource') : undefined;
  const rule = filter === 'alertrule' ? named('alertRule') : undefined;
  if (resource !== undefined) return { targetResource: `${scope}/${resource}` };
  return rule === undefined ? {} : { alertRule: `${scope}/microsoft.insights/${rule}` };
}

function pathOf(connection: CallParts['connection']): string {
  const url = connection?.url ?? '';
  return URL.canParse(url) ? new URL(url).pathname.replace(/\/+$/, '') : '';
}

/** The states of a change, as ServiceNow numbers them. */
export const CHANGE_STATES: Readonly<Record<string, string>> = {
  New: '-5',
  Assess: '-4',
  Authorize: '-3',
  Scheduled: '-2',
  Implement: '-1',
  Review: '0',
  Closed: '3',
  Canceled: '4',
};

/** ServiceNow: passes when the change of a number is in the state that is wanted. The connection is the instance. */
export function serviceNowCall(parts: CallParts): Intent {
  const { inputs, lookup } = parts;
  const number = fill(inputOf(inputs, 'changeRequestNumber') ?? '', 'text', lookup).trim();
  if (!/^[A-Z]{2,5}\d{3,15}$/i.test(number))
    return impossible('"changeRequestNumber" is no number of a change such as CHG0030001.');
  const state = changeState(inputOf(inputs, 'desiredState') ?? 'Implement');
  if (state === undefined)
    return impossible(`"desiredState" is none of ${Object.keys(CHANGE_STATES).join(', ')}.`);
  const query = new URLSearchParams({
    sysparm_query: `number=${number}`,
    sysparm_fields: 'number,state',
    sysparm_limit: '1',
  });
  return getCall(
    parts,
    `/api/now/table/change_request?${query.toString()}`,
    `eq(root['result'][0]['state'], '${state}')`,
  );
}

/** The number of a state by its word, letter case aside. */
export function changeState(word: string): string | undefined {
  const found = Object.entries(CHANGE_STATES).find(
    ([name]) => name.toLowerCase() === word.trim().toLowerCase(),
  );
  return found?.[1];
}

function getCall({ connection }: CallParts, suffix: string, criteria: string): Intent {
  if (connection === undefined) return impossible('The check names no service connection that exists.');
  const url = connected(connection, suffix, () => undefined);
  if (url === undefined) return impossible(`The address of the connection ${connection.name} is none.`);
  const { authorization } = connection;
  const headers = { accept: 'application/json', ...(authorization !== undefined && { authorization }) };
  return { ok: true, call: { request: { method: 'GET', url, headers, timeoutMs: REST_MS }, criteria } };
}
