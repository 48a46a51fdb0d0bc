import { judgePush, type PushVerdict } from '@signalbox/engine';
import { defaultBranchOf, repositoryNameOf, repositoryUrlOf } from '../work/source.ts';
import type { Change, History } from '../git/history.ts';
import { declaredAt, keepSchedules } from './declared.ts';
import { ignore, type Decision, type Matter } from './decision.ts';
import { occasionOf, type Occasion } from './occasion.ts';
import { overridesOf } from './overrides.ts';
import { isImpliedOff } from './trigger-settings.ts';

type Push = Extract<Occasion, { readonly kind: 'push' }>;

/** How soon it is looked again whether the run is over that a batch waits for. */
const BATCH_LOOK_MS = 2000;

/** What a push comes to (TRIG-1 … TRIG-11). */
export async function judgePushOccasion(matter: Matter<Push>): Promise<Decision> {
  const { app, project, definition, occasion } = matter;
  const { ref, commit, by } = occasion;
  const history = await app.repositories.history(repositoryUrlOf(definition), { commits: [commit] });
  const judged = await judge(matter, history);
  if (judged.kind !== 'run') return judged;
  const { batch, change } = judged;
  if (batch) {
    const later = await batchOf(matter, history);
    if (later !== undefined) return later;
  }
  const requestedFor = by ?? change.author;
  const message = change.messages[0]?.split('\n')[0] ?? '';
  return {
    kind: 'start',
    start: {
      branch: ref,
      commit,
      reason: batch ? 'batchedCI' : 'individualCI',
      requestedFor: requestedFor === '' ? project.name : requestedFor,
      cause: {
        info: {
          'ci.sourceBranch': ref,
          'ci.sourceSha': commit,
          'ci.message': message,
          'ci.triggerRepository': repositoryNameOf(definition),
        },
        variables: {},
      },
    },
  };
}

type Judged =
  | (Extract<PushVerdict, { readonly kind: 'run' }> & { readonly change: Change })
  | Extract<Decision, { readonly kind: 'ignore' | 'fail' }>;

async function judge(matter: Matter<Push>, history: History): Promise<Judged> {
  const { app, project, definition, occasion } = matter;
  const { ref, commit } = occasion;
  const declared = await declaredAt(history, definition, commit);
  if (ref.startsWith('refs/heads/')) await keepSchedules(app, definition, { branch: ref, declared });
  if (declared.kind === 'no-file') return { kind: 'ignore', why: declared.why };
  if (declared.kind === 'wrong') return { kind: 'fail', why: declared.why };
  const from = occasion.from ?? (await forkPointOf(matter, history));
  const change = await history.change(from, commit);
  const trigger = overridesOf(definition).push ?? declared.triggers.push;
  const verdict = judgePush(
    trigger,
    { ref, ...change },
    { impliedOff: await isImpliedOff(app.store, project.id) },
  );
  return verdict.kind === 'run' ? { ...verdict, change } : { kind: 'ignore', why: verdict.why };
}

/** What a new branch is compared with: where it left the default branch (TRIG-10). */
async function forkPointOf(
  { definition, occasion }: Matter<Push>,
  history: History,
): Promise<string | undefined> {
  return history.forkPoint(defaultBranchOf(definition), occasion.commit);
}

/**
 * What a push of a batch comes to instead of a run: it waits for the run that is going on, or the newest push that
 * waits with it stands for it (TRIG-9).
 */
async function batchOf(matter: Matter<Push>, history: History): Promise<Decision | undefined> {
  const { app, project, definition, row, occasion } = matter;
  const { items: open } = await app.store.runs.list(project.id, {
    definitions: [definition.id],
    branch: occasion.ref,
    statuses: ['notStarted', 'inProgress', 'cancelling'],
    limit: 1,
  });
  if (open.length > 0) return { kind: 'wait', after: BATCH_LOOK_MS };
  const others = await app.store.triggers.waiting(definition.id, row.lane);
  // The newest first: as a rule it is the one, and each push of a batch then costs one look at another.
  for (const other of others.toSorted((a, b) => b.id - a.id)) {
    const later = occasionOf(other);
    if (other.id <= row.id || later.kind !== 'push') continue;
    const judged = await judge({ ...matter, row: other, occasion: later }, history);
    if (judged.kind === 'run') return { kind: 'merge', into: other.id };
  }
  return undefined;
}

/** A branch that is gone has no schedules. */
export async function judgeDeletedBranch({
  app,
  definition,
  occasion,
}: Matter<Extract<Occasion, { readonly kind: 'branchDeleted' }>>): Promise<Decision> {
  await keepSchedules(app, definition, { branch: occasion.ref, declared: { kind: 'no-file', why: '' } });
  return ignore('The branch was deleted.');
}
