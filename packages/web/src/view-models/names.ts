import type { RunReason, LockResourceType } from '@signalbox/model';

const RESOURCE: Readonly<Record<LockResourceType, string>> = {
  environment: 'Environment',
  endpoint: 'Service connection',
  variablegroup: 'Variable group',
  repository: 'Repository',
  securefile: 'Secure file',
  queue: 'Agent pool',
  persistedStage: 'Stage',
  named: 'Named lock',
};

const REASON: Readonly<Record<RunReason, string>> = {
  manual: 'queued by hand',
  individualCI: 'push',
  batchedCI: 'batched push',
  schedule: 'schedule',
  pullRequest: 'pull request',
  buildCompletion: 'another run finished',
  resourceTrigger: 'resource changed',
};

/** The kind of a protected resource in words. */
export function resourceWord(type: LockResourceType): string {
  return RESOURCE[type];
}

/** Why a run exists, in words. */
export function reasonWord(reason: RunReason): string {
  return REASON[reason];
}

/** A branch as people say it: `refs/heads/main` is `main`, a pull request is `PR 12`. */
export function branchName(ref: string): string {
  const pull = /^refs\/pull\/(\d+)\//.exec(ref);
  if (pull) return `PR ${pull[1]}`;
  return ref.replace(/^refs\/(heads|tags)\//, '');
}

/** The first eight digits of a commit. */
export function shortCommit(commit: string): string {
  return commit.slice(0, 8);
}

/** The first line of a text. */
export function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}

/** A count with its noun: `1 run`, `3 runs`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
