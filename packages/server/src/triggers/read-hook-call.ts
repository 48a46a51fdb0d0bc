import type { PushHint } from './changes.ts';
import type { PullRequest } from './occasion.ts';

/** What the server of a repository told. */
export interface HookCall {
  readonly pushes: readonly PushHint[];
  readonly pullRequest?: PullRequest;
}

type Json = Readonly<Record<string, unknown>>;

/** Changes of a pull request that are worth a run; the others are comments and labels. */
const ACTIONS: ReadonlySet<unknown> = new Set([
  'opened',
  'synchronize',
  'synchronized',
  'reopened',
  'ready_for_review',
]);

/**
 * Reads what GitHub, Gitea, GitLab or a service hook of Azure DevOps sends. What it does not know tells of nothing, and
 * still is a reason to look: git is asked what really happened.
 */
export function readHookCall(body: unknown): HookCall {
  const call = jsonOf(body);
  if (call['resource'] !== undefined) return azureCall(call);
  const pullRequest = gitHubPullRequest(call);
  if (pullRequest !== undefined) return { pushes: [], pullRequest };
  const by = textOf(jsonOf(call['pusher'])['name']) || textOf(call['user_name']);
  return { pushes: hint(call['ref'], call['before'], call['after'], by) };
}

function gitHubPullRequest(call: Json): PullRequest | undefined {
  const request = jsonOf(call['pull_request']);
  const [head, base] = [jsonOf(request['head']), jsonOf(request['base'])];
  const number = request['number'];
  if (typeof number !== 'number' || !ACTIONS.has(call['action'])) return undefined;
  const sourceCommit = textOf(head['sha']);
  const sameRepository = jsonOf(head['repo'])['id'] === jsonOf(base['repo'])['id'];
  return {
    number,
    ref: `refs/pull/${number}/merge`,
    target: `refs/heads/${textOf(base['ref'])}`,
    source: `refs/heads/${textOf(head['ref'])}`,
    sourceCommit,
    // Whatever is not surely of the repository itself is somebody else's (TH2).
    fork: !sameRepository || jsonOf(head['repo'])['id'] === undefined,
    draft: request['draft'] === true,
    title: textOf(request['title']),
    by: textOf(jsonOf(request['user'])['login']),
  };
}

function azureCall({ eventType, resource }: Json): HookCall {
  const of = jsonOf(resource);
  const by = textOf(jsonOf(of['pushedBy'])['displayName']);
  const updates: readonly unknown[] = Array.isArray(of['refUpdates']) ? of['refUpdates'] : [];
  const pushes = updates
    .map(jsonOf)
    .flatMap((one) => hint(one['name'], one['oldObjectId'], one['newObjectId'], by));
  const number = of['pullRequestId'];
  if (typeof number !== 'number' || !/^git\.pullrequest\.(created|updated)$/.test(textOf(eventType)))
    return { pushes };
  return {
    pushes,
    pullRequest: {
      number,
      ref: `refs/pull/${number}/merge`,
      target: textOf(of['targetRefName']),
      source: textOf(of['sourceRefName']),
      sourceCommit: textOf(jsonOf(of['lastMergeSourceCommit'])['commitId']),
      fork: of['forkSource'] !== undefined && of['forkSource'] !== null,
      draft: of['isDraft'] === true,
      title: textOf(of['title']),
      by: textOf(jsonOf(of['createdBy'])['displayName']),
    },
  };
}

function hint(ref: unknown, before: unknown, after: unknown, by: string): readonly PushHint[] {
  const ids = [before, after].map(textOf);
  const [from = '', to = ''] = ids;
  if (!textOf(ref).startsWith('refs/') || !ids.every((id) => /^[\da-f]{40,64}$/.test(id))) return [];
  return [{ ref: textOf(ref), before: from, after: to, ...(by !== '' && { by: by.slice(0, 256) }) }];
}

function jsonOf(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 1024) : '';
}
