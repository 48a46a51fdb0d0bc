import { invokeProblems, type InvokeSettings } from '@signalbox/model';
import { readFlag, type ReadInputs, type ServerTask } from './kind.ts';

/** `InvokeRESTAPI@1`: asks the service of a connection; the same as the check of that name (HOOK-1). */
export const invokeRestApi: ServerTask = {
  name: 'InvokeRESTAPI',
  versions: [1],
  inputs: [
    'connectionType',
    'serviceConnection',
    'connectedServiceName',
    'connectedServiceNameARM',
    'azureServiceConnection',
    'method',
    'headers',
    'body',
    'urlSuffix',
    'waitForCompletion',
    'successCriteria',
  ],
  retries: true,
  read: (inputs) => readCall('restApi', inputs),
};

/** `AzureFunction@1`: asks a function; the same as the check of that name (HOOK-1). */
export const azureFunction: ServerTask = {
  name: 'AzureFunction',
  versions: [1],
  inputs: [
    'function',
    'key',
    'method',
    'headers',
    'queryParameters',
    'body',
    'waitForCompletion',
    'successCriteria',
  ],
  retries: true,
  read: (inputs) => readCall('azureFunction', inputs),
};

/** The first answer is final: what is tried again is the step (STEPY-8). */
function readCall(task: InvokeSettings['task'], inputs: ReadonlyMap<string, string>): ReadInputs {
  const waits = readFlag(inputs.get('waitforcompletion'), false);
  if (waits === undefined) return { problem: '"waitForCompletion" is neither true nor false.' };
  const settings: InvokeSettings = {
    kind: 'invoke',
    task,
    displayName: '',
    inputs: Object.fromEntries(inputs),
    completion: waits ? 'callback' : 'response',
    retryMinutes: 0,
  };
  const [problem] = invokeProblems(settings);
  return problem === undefined
    ? { act: { kind: 'ask', settings, onTimeout: 'fail' }, warnings: [] }
    : { problem };
}
