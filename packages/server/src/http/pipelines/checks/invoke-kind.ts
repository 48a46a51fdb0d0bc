import { FUNCTION_TASK, MONITOR_TASK, REST_TASK, SERVICENOW_TASK } from '@signalbox/api';
import { parse } from '@signalbox/expressions';
import { MAX_INVOKE_INPUT, type InvokeSettings, type InvokeTask } from '@signalbox/model';
import { inputOf } from '../../../checks/call.ts';
import { fill } from '../../../checks/fill.ts';
import { readHeaders } from '../../../checks/headers.ts';
import { connectionNamed } from '../../../checks/intend.ts';
import { changeState, CHANGE_STATES } from '../../../checks/query-calls.ts';
import { readMethod } from '../../../checks/rest-call.ts';
import { badRequest } from '../../problem.ts';
import type { Fields } from '../../read/fields.ts';
import { readTask, TASK_MINUTES, TASK_TYPE, writeTask } from './task-settings.ts';
import type { ReadContext, TaskDefinition, WireKind } from './wire-kind.ts';

const CALL_INPUTS = ['method', 'headers', 'body', 'waitForCompletion', 'successCriteria'];

/** What each task is called on the wire, and the inputs that it has, as the published tasks spell them (HOOK-1). */
const TASKS: Readonly<
  Record<InvokeTask, TaskDefinition & { readonly title: string; readonly inputs: readonly string[] }>
> = {
  restApi: {
    id: REST_TASK,
    name: 'InvokeRESTAPI',
    version: '1.0.0',
    title: 'a REST check',
    inputs: [
      'connectedServiceNameSelector',
      'connectedServiceName',
      'connectedServiceNameARM',
      'connectedServiceNameAzureDevOps',
      'urlSuffix',
      ...CALL_INPUTS,
    ],
  },
  azureFunction: {
    id: FUNCTION_TASK,
    name: 'AzureFunction',
    version: '1.0.0',
    title: 'an Azure Function check',
    inputs: ['function', 'key', 'queryParameters', ...CALL_INPUTS],
  },
  azureMonitor: {
    id: MONITOR_TASK,
    name: 'AzureMonitor',
    version: '1.0.0',
    title: 'a check of Azure Monitor alerts',
    inputs: [
      'connectedServiceNameARM',
      'ResourceGroupName',
      'filterType',
      'resource',
      'alertRule',
      'severity',
      'timeRange',
      'alertState',
      'monitorCondition',
    ],
  },
  serviceNow: {
    id: SERVICENOW_TASK,
    name: 'ServiceNowChange',
    version: '1.0.0',
    title: 'a ServiceNow check',
    inputs: ['connectedServiceName', 'changeRequestNumber', 'desiredState'],
  },
};

const ORDER: readonly InvokeTask[] = ['restApi', 'azureFunction', 'azureMonitor', 'serviceNow'];

/** Checks that ask an HTTP service, on the wire: one kind, four tasks (HOOK-1). */
export const invokeKind: WireKind<InvokeSettings> = {
  title: 'a check that asks an HTTP service',
  type: TASK_TYPE,
  tasks: ORDER.map((task) => definitionOf(task)),
  defaultMinutes: TASK_MINUTES,
  async read(settings, context) {
    const { base } = context;
    const task = base?.task ?? taskOf(context.task);
    const { title, inputs: known } = TASKS[task];
    const { common, inputs: given } = readTask(settings, known, { title, base });
    const inputs = { ...base?.inputs, ...readInputs(given, known) };
    const completion = isCallback(inputs) ? 'callback' : 'response';
    await checkInputs(task, inputs, { ...context, completion });
    return { kind: 'invoke', ...common, task, inputs, completion };
  },
  write: (settings) => writeTask(settings, definitionOf(settings.task), settings.inputs),
};

function definitionOf(task: InvokeTask): TaskDefinition {
  const { id, name, version } = TASKS[task];
  return { id, name, version };
}

function taskOf(definition: TaskDefinition | undefined): InvokeTask {
  return ORDER.find((task) => TASKS[task].id === definition?.id) ?? 'restApi';
}

/** All values are text; numbers and truth values are written as such. */
function readInputs(given: Fields, known: readonly string[]): Readonly<Record<string, string>> {
  const found = known.flatMap((name) => {
    const raw = given.raw(name);
    const plain = typeof raw === 'number' || typeof raw === 'boolean' ? String(raw) : undefined;
    const text = plain ?? given.text(name, MAX_INVOKE_INPUT);
    return text === undefined ? [] : [[name, text] as const];
  });
  return Object.fromEntries(found);
}

function isCallback(inputs: Readonly<Record<string, string>>): boolean {
  const word = (inputOf(inputs, 'waitForCompletion') ?? 'false').trim().toLowerCase();
  if (word === 'true' || word === 'false') return word === 'true';
  throw badRequest('"waitForCompletion" is true (a callback decides) or false (the answer decides).');
}

/** Says on saving what could only fail when a deployment waits. */
async function checkInputs(
  task: InvokeTask,
  inputs: Readonly<Record<string, string>>,
  context: Pick<ReadContext<InvokeSettings>, 'store' | 'project'> & Pick<InvokeSettings, 'completion'>,
): Promise<void> {
  if (readMethod(inputs) === undefined)
    throw badRequest('"method" is none of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS and TRACE.');
  const headers = readHeaders(inputOf(inputs, 'headers'));
  if (!headers.ok) throw badRequest(headers.message);
  checkCriteria(inputOf(inputs, 'successCriteria'), context.completion);
  if (task === 'azureFunction' && inputOf(inputs, 'function') === undefined)
    throw badRequest('"function" is missing; it is the address of the function.');
  if (task === 'azureMonitor' && inputOf(inputs, 'ResourceGroupName') === undefined)
    throw badRequest('"ResourceGroupName" is missing; name the resource group to watch.');
  const state = inputOf(inputs, 'desiredState');
  if (state !== undefined && changeState(state) === undefined)
    throw badRequest(`"desiredState" is none of ${Object.keys(CHANGE_STATES).join(', ')}.`);
  if (task !== 'azureFunction') await checkConnection(connectionNamed(task, inputs), context);
}

/** A macro may stand for any value: a number is one of each kind. */
function checkCriteria(criteria: string | undefined, completion: InvokeSettings['completion']): void {
  if (criteria === undefined) return;
  if (completion === 'callback')
    throw badRequest(
      '"successCriteria" judge the answer, but a callback decides this check; leave them out.',
    );
  const parsed = parse(
    fill(criteria, 'criteria', () => '1'),
    'checkCriteria',
  );
  if (!parsed.ok)
    throw badRequest(`"successCriteria" cannot be read: ${parsed.errors[0]?.message ?? 'they are empty'}.`);
}

async function checkConnection(
  named: string | undefined,
  { store, project }: Pick<ReadContext<InvokeSettings>, 'store' | 'project'>,
): Promise<void> {
  if (named === undefined)
    throw badRequest('"connectedServiceName" is missing; name a service connection of the project.');
  const found =
    (await store.connections.get(project, named)) ?? (await store.connections.find(project, named));
  if (found !== undefined) return;
  throw badRequest(`The project has no service connection ${named.slice(0, 100)}; make it first.`);
}
