import { judgePullRequest as judgeByFilters } from '@signalbox/engine';
import { randomUUID } from 'node:crypto';
import { repositoryUrlOf } from '../work/source.ts';
import { declaredAt } from './declared.ts';
import { ignore, type Decision, type Matter } from './decision.ts';
import type { Occasion } from './occasion.ts';
import { overridesOf } from './overrides.ts';
import { planOf, TRIGGER_USER } from './start-run.ts';

type Request = Extract<Occasion, { readonly kind: 'pullRequest' }>;

/** What a change of a pull request comes to (TRIG-20 … TRIG-23). The file is that of the merge (TRIG-21). */
export async function judgePullRequest(matter: Matter<Request>): Promise<Decision> {
  const { app, definition, occasion } = matter;
  const url = repositoryUrlOf(definition);
  const refs = await app.repositories.refs(url, [occasion.ref]);
  const commit = refs[occasion.ref];
  if (commit === undefined) return ignore('The pull request cannot be merged, or is closed.');
  const history = await app.repositories.history(url, { refs: [occasion.ref] });
  const [target, source] = await history.parents(commit);
  // The merge was made anew for a later push, which comes by itself.
  if (source !== undefined && source !== occasion.sourceCommit) return ignore('A later push replaced it.');
  const declared = await declaredAt(history, definition, commit);
  if (declared.kind === 'no-file') return ignore(declared.why);
  if (declared.kind === 'wrong') return { kind: 'fail', why: declared.why };
  const own = overridesOf(definition);
  const { changed } = await history.change(target, commit);
  const verdict = judgeByFilters(
    own.pullRequest ?? declared.triggers.pullRequest,
    { ...occasion, changed },
    own,
  );
  if (verdict.kind === 'none') return ignore(verdict.why);
  if (verdict.autoCancel) await cancelOlder(matter);
  return { kind: 'start', start: startOf(occasion, commit, verdict.autoCancel) };
}

/** A new push to a pull request cancels its unfinished runs, wherever they are (TRIG-22, CANCEL-14, X-16). */
async function cancelOlder(matter: Matter<Request>): Promise<void> {
  const { app, project, definition, occasion } = matter;
  const { items } = await app.store.runs.list(project.id, {
    definitions: [definition.id],
    branch: occasion.ref,
    reasons: ['pullRequest'],
    statuses: ['notStarted', 'inProgress'],
  });
  for (const { id, planId } of items) {
    // That of this very push, after a crash.
    if (planId === planOf(matter)) continue;
    const mail = { to: { kind: 'run', id }, body: { type: 'Cancel', by: TRIGGER_USER } } as const;
    await app.store.inbox.execute(mail, randomUUID());
  }
}

function startOf(
  occasion: Request,
  commit: string,
  autoCancel: boolean,
): Extract<Decision, { kind: 'start' }>['start'] {
  const { number, ref, target, source, sourceCommit, fork, draft, title, by } = occasion;
  return {
    branch: ref,
    commit,
    reason: 'pullRequest',
    requestedFor: by,
    cause: {
      ...(fork && { fork }),
      info: {
        'pr.number': String(number),
        'pr.title': title,
        'pr.sourceBranch': source,
        'pr.sourceSha': sourceCommit,
        'pr.isFork': fork ? 'True' : 'False',
        'pr.draft': draft ? 'True' : 'False',
        'pr.autoCancel': autoCancel ? 'true' : 'false',
        'pr.sender.name': by,
      },
      variables: {
        'System.PullRequest.PullRequestId': String(number),
        'System.PullRequest.PullRequestNumber': String(number),
        'System.PullRequest.IsFork': fork ? 'True' : 'False',
        'System.PullRequest.SourceBranch': source,
        'System.PullRequest.SourceCommitId': sourceCommit,
        'System.PullRequest.TargetBranch': target,
        'System.PullRequest.TargetBranchName': target.slice(target.lastIndexOf('/') + 1),
      },
    },
  };
}
