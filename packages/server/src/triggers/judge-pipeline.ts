import type { History } from '../git/history.ts';
import { defaultBranchOf, repositoryUrlOf } from '../work/source.ts';
import { declaredAt, keepSchedules } from './declared.ts';
import { ignore, type Decision, type Matter } from './decision.ts';
import { placeOf } from './look.ts';
import type { Occasion } from './occasion.ts';

/** Schedules of a new pipeline are looked for on so many branches; later ones come with their pushes. */
const BRANCHES = 500;

type Changed = Extract<Occasion, { readonly kind: 'pipelineChanged' }>;

/** A pipeline is new or was changed: the schedules of its branches are read anew (TRIG-32, TRIG-33). */
export async function judgePipelineChanged(matter: Matter<Changed>): Promise<Decision> {
  const { app, definition } = matter;
  const first = defaultBranchOf(definition);
  const branches = await branchesOf(matter, first);
  const commits = branches.map(({ commit }) => commit);
  const history = await app.repositories.history(repositoryUrlOf(definition), { commits });
  let count = 0;
  let wrong = '';
  for (const { branch, commit } of await mayBeScheduled(matter, history, branches)) {
    const declared = await declaredAt(history, definition, commit);
    if (declared.kind === 'wrong' && branch === first) wrong = declared.why;
    await keepSchedules(app, definition, { branch, declared, anew: true });
    count += declared.kind === 'read' ? declared.triggers.schedules.length : 0;
  }
  if (wrong !== '') return { kind: 'fail', why: wrong };
  return ignore(count === 0 ? 'It has no schedules.' : `Schedules: ${count}.`);
}

interface Branch {
  readonly branch: string;
  readonly commit: string;
}

/** The branches as they were seen last, the default one first. */
async function branchesOf(
  { app, project, definition }: Matter<Changed>,
  first: string,
): Promise<readonly Branch[]> {
  const watched = await app.store.triggers.watched(project.id, placeOf(repositoryUrlOf(definition)));
  return Object.entries(watched?.refs ?? {})
    .map(([branch, commit]) => ({ branch, commit }))
    .filter(({ branch }) => branch.startsWith('refs/heads/'))
    .sort((a, b) => Number(b.branch === first) - Number(a.branch === first))
    .slice(0, BRANCHES);
}

/** The default branch, and those whose file has the word: one question for all instead of a reading of each. */
async function mayBeScheduled(
  { definition }: Matter<Changed>,
  history: History,
  branches: readonly Branch[],
): Promise<readonly Branch[]> {
  const known: Branch[] = [];
  for (const one of branches) if (await history.has(one.commit)) known.push(one);
  const commits = known.map(({ commit }) => commit);
  const scheduled = await history.having(commits, definition.yamlFilename, 'schedules');
  return known.filter(({ commit }, at) => at === 0 || scheduled.has(commit));
}
