import type { InvokeTask } from '@signalbox/model';
import { inputOf, type CallParts, type Intent } from './call.ts';
import { monitorCall, serviceNowCall } from './query-calls.ts';
import { functionCall, restCall } from './rest-call.ts';

const CALLS: Readonly<Record<InvokeTask, (parts: CallParts) => Intent>> = {
  restApi: restCall,
  azureFunction: functionCall,
  azureMonitor: monitorCall,
  serviceNow: serviceNowCall,
};

/** What would be sent for these inputs; pure, so that it can be shown without being sent (HOOK-1, HOOK-2). */
export function intend(task: InvokeTask, parts: CallParts): Intent {
  return CALLS[task](parts);
}

/** The service connection that the inputs name, by id or name; undefined where the task needs none. */
export function connectionNamed(
  task: InvokeTask,
  inputs: Readonly<Record<string, string>>,
): string | undefined {
  if (task === 'azureFunction') return undefined;
  if (task === 'azureMonitor')
    return inputOf(inputs, 'connectedServiceNameARM', 'azureSubscription', 'connectedServiceName');
  if (task === 'serviceNow') return inputOf(inputs, 'connectedServiceName', 'ServiceNowConnection');
  // The selector says which of the inputs counts; what the others hold is left over from an earlier choice.
  const selector = inputOf(inputs, 'connectedServiceNameSelector', 'connectionType')?.toLowerCase();
  if (selector === 'connectedservicenamearm')
    return inputOf(inputs, 'connectedServiceNameARM', 'azureServiceConnection', 'azureSubscription');
  if (selector === 'connectedservicenameazuredevops')
    return inputOf(inputs, 'connectedServiceNameAzureDevOps', 'azureDevOpsServiceConnection');
  return inputOf(inputs, 'connectedServiceName', 'serviceConnection', 'genericService');
}
