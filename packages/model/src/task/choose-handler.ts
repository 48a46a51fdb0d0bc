import type { TaskHandler, TaskManifest, TaskPart } from './task-definition.ts';

/** Handlers that an agent's own Node runs: `Node`, `Node10`, `Node16`, `Node20_1`, `Node24` … */
const NODE = /^node(\d+)?(?:_\d+)?$/i;

/**
 * The Node handler of a part, the one for the newest Node first; undefined: the task has none. Every one of them is
 * run by the Node that the agent itself runs on.
 */
export function nodeHandler(
  { handlers }: Pick<TaskManifest, 'handlers'>,
  part: TaskPart,
): TaskHandler | undefined {
  const found = handlers[part].filter(isNode);
  return found.toSorted((a, b) => nodeNumber(b) - nodeNumber(a))[0];
}

/** True for a handler that Node runs. */
export function isNode({ kind }: TaskHandler): boolean {
  return NODE.test(kind);
}

function nodeNumber({ kind }: TaskHandler): number {
  return Number(NODE.exec(kind)?.[1] ?? 6);
}

/** Why no agent here can run a task, as a sentence; undefined: one can. */
export function whyNotRunnable(manifest: TaskManifest): string | undefined {
  const { handlers, runsOn } = manifest;
  if (runsOn.length > 0 && !runsOn.includes('agent')) {
    return 'It does not run on agents: its task.json says so in "runsOn".';
  }
  const parts = (['preJob', 'main', 'postJob'] as const).filter((part) => handlers[part].length > 0);
  if (parts.length === 0) return 'Its task.json has no execution.';
  const lacking = parts.find((part) => nodeHandler(manifest, part) === undefined);
  if (lacking === undefined) return undefined;
  const kinds = handlers[lacking].map(({ kind }) => kind).join(', ');
  return `It has no Node handler, only ${kinds}; PowerShell handlers need the service's own agent on Windows.`;
}
