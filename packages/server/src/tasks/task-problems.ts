import { findServerTask } from '@signalbox/engine';
import { didYouMean } from '@signalbox/expressions';
import {
  BUILT_IN_TASKS,
  fold,
  isNamed,
  needsNewerAgent,
  TASK_AGENT_VERSION,
  whyNotRunnable,
  type Diagnostic,
  type StepPlan,
  type TaskIdentity,
  type TaskManifest,
} from '@signalbox/model';

/** The error of a step whose task there is not: in other versions, only on the server, or not at all. */
export function taskNotInstalled(step: StepPlan, installed: readonly TaskIdentity[]): Diagnostic {
  const { name, version } = step.task;
  const written = `${name}@${version}`;
  if (findServerTask(step.task) !== undefined) {
    return problem(step, 'task-not-usable', {
      message: `The task ${written} runs on the server, not on an agent.`,
      help: 'Put it into a job of its own with `pool: server`.',
    });
  }
  const all: readonly TaskIdentity[] = [...BUILT_IN_TASKS, ...installed];
  const versions = all.filter((task) => isNamed(task, name)).map((task) => task.version);
  if (versions.length > 0) {
    return problem(step, 'task-not-installed', {
      message: `The task ${written} is not installed.`,
      help: `There is ${name} in ${[...new Set(versions)].join(', ')}.`,
    });
  }
  const names = [...new Map(all.map((task) => [fold(task.name), task.name])).values()];
  const nearest = didYouMean(name, names);
  return problem(step, 'task-not-installed', {
    message: `The task ${written} is not installed.`,
    help: `${nearest === '' ? '' : `${nearest} `}An administrator installs a package with: signalbox task install FOLDER`,
  });
}

/** Why the package of a task cannot run here; undefined: it can. */
export function taskNotUsable(step: StepPlan, manifest: TaskManifest): Diagnostic | undefined {
  const named = `The task ${manifest.name}@${manifest.version}`;
  const why = whyNotRunnable(manifest);
  if (why !== undefined) {
    return problem(step, 'task-not-usable', {
      message: `${named} cannot run here. ${why}`,
      help: 'Install a version with a Node handler, or use another task.',
    });
  }
  const { minimumAgentVersion } = manifest;
  if (!needsNewerAgent(minimumAgentVersion)) return undefined;
  return problem(step, 'task-not-usable', {
    message: `${named} needs version ${minimumAgentVersion} of the service's agent; this is like ${TASK_AGENT_VERSION}.`,
    help: 'Install an older version of the task.',
  });
}

function problem(
  { source }: StepPlan,
  code: 'task-not-installed' | 'task-not-usable',
  said: Pick<Diagnostic, 'message' | 'help'>,
): Diagnostic {
  return { code, severity: 'error', ...said, range: source };
}
