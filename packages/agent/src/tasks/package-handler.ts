import type { JobEndpoint } from '@signalbox/api';
import { completeInputs, nodeHandler, type TaskHandler, type TaskPart } from '@signalbox/model';
import { randomUUID } from 'node:crypto';
import { resolve, sep } from 'node:path';
import { defaultFolder } from '../steps/script-file.ts';
import {
  failed,
  SUCCEEDED,
  type StepEnd,
  type StepHandler,
  type StepPart,
  type StepTry,
} from '../steps/step-handler.ts';
import type { LocalPackage } from './package-cache.ts';
import { taskEnvironment } from './task-environment.ts';
import { prepareInputs } from './task-inputs.ts';

/** The id under which tasks find the connection of the job itself. */
const SYSTEM_CONNECTION = 'SYSTEMVSSCONNECTION';

/** Carries out the steps of a task package: its Node handlers, run by the agent's own Node (REST.md §4.1). */
export function packageHandler(task: LocalPackage): StepHandler {
  const part = (which: TaskPart): { readonly run: StepPart['run'] } | undefined =>
    nodeHandler(task.manifest, which) && { run: (step) => runPart(task, which, step) };
  const preJob = part('preJob');
  const postJob = part('postJob');
  return {
    title: task.manifest.title,
    restrictions: task.manifest.restrictions,
    run: (step) => runPart(task, 'main', step),
    parts: () => ({ ...(preJob !== undefined && { preJob }), ...(postJob !== undefined && { postJob }) }),
  };
}

async function runPart(task: LocalPackage, which: TaskPart, step: StepTry): Promise<StepEnd> {
  const { folder, manifest } = task;
  const handler = nodeHandler(manifest, which);
  if (handler === undefined) {
    step.output.info('This task works before and after the other steps; it has nothing to do here.');
    return SUCCEEDED;
  }
  const target = resolve(folder, handler.target);
  if (!target.startsWith(folder + sep))
    return failed(`The task's "${handler.target}" is not in its package.`);
  const end = await step.place.run({
    file: step.place.node,
    args: [target],
    cwd: workingDirectory(handler, task, step),
    env: environmentOf(task, step),
    sink: step.output,
    stop: step.stop,
    kill: step.kill,
  });
  // The exit code says only whether the task got as far as telling its result (LOG-14).
  switch (end.kind) {
    case 'notStarted':
      return failed(`The task could not be started: ${end.message}`);
    case 'signalled':
      return failed(`The task was ended by ${end.signal}.`);
    case 'exited':
      return end.code === 0 ? SUCCEEDED : failed(`The task exited with code '${end.code}'.`);
  }
}

function workingDirectory(handler: TaskHandler, { folder }: LocalPackage, step: StepTry): string {
  const { workingDirectory: own } = handler;
  if (own === undefined) return defaultFolder(step);
  return resolve(folder, own.replaceAll('$(currentDirectory)', folder));
}

function environmentOf({ manifest }: LocalPackage, step: StepTry): Record<string, string> {
  const { variables } = step.output;
  const complete = completeInputs(manifest, step.given);
  for (const name of complete.missing) {
    step.output.issue('warning', `The task says that it requires its input "${name}", which is not given.`);
  }
  // The service passes them on, for some tasks read what their task.json does not name; so must we, but not in silence.
  for (const name of complete.unknown) {
    step.output.issue(
      'warning',
      `The task says nothing of an input "${name.slice(0, 60)}": look at its name.`,
    );
  }
  const expanded = Object.entries(complete.values).map(
    ([name, text]) => [name, variables.expand(text)] as const,
  );
  const prepared = prepareInputs({
    inputs: manifest.inputs,
    values: Object.fromEntries(expanded),
    sources: step.layout.sources,
    endpoints: step.output.endpoints.entries(),
    secureFiles: step.secureFiles,
  });
  return taskEnvironment({
    environment: step.environment,
    inputs: prepared.values,
    variables: variables.entries(),
    taskVariables: step.output.taskVariables.entries(),
    endpoints: [...prepared.endpoints, systemConnection(step)],
    secureFiles: prepared.secureFiles,
    correlationId: randomUUID(),
  });
}

/** How tasks call the server: with the job's own token, which dies with the job (INV-54). */
function systemConnection({ output: { variables } }: StepTry): JobEndpoint {
  return {
    id: SYSTEM_CONNECTION,
    name: 'SystemVssConnection',
    type: 'generic',
    url: variables.text('System.CollectionUri'),
    scheme: 'OAuth',
    parameters: { AccessToken: variables.text('System.AccessToken') },
    data: {},
  };
}
