import type { Collection, WireChange } from '@signalbox/api';
import type { RunState } from '@signalbox/engine';
import type { Commit } from '../../git/history.ts';
import { repositoryUrlOf } from '../../work/source.ts';
import type { Ask, Handlers } from '../ask.ts';
import { offsetIn } from '../read/offset.ts';
import { collection, identityRef, wireTime } from '../shape/common.ts';
import { findRun } from './find-run.ts';

/** More commits of one run are not told. */
const MAX_CHANGES = 1000;

/** What a run has that the one before had not (REST.md §3.3). Work items it has none: nobody keeps them here. */
export const changeHandlers: Handlers<'listChanges' | 'listWorkItems'> = {
  listChanges: async (ask) => listChanges(ask),
  async listWorkItems(ask) {
    await findRun(ask);
    return collection([]);
  },
};

async function listChanges(ask: Ask): Promise<Collection<WireChange>> {
  const { run } = await findRun(ask);
  const from = offsetIn(ask.query);
  const top = ask.query.top(50);
  const commits = await commitsOf(ask, run);
  if (from + top < commits.length) void ask.reply.header('x-ms-continuationtoken', String(from + top));
  return collection(commits.slice(from, from + top).map(wireChange));
}

/** Empty when the definition is gone, and with it the address; the first run of a branch has its own commit alone. */
async function commitsOf(ask: Ask, run: RunState): Promise<readonly Commit[]> {
  const { store, repositories } = ask.app;
  const definition = await store.definitions.get(run.project, run.definition.id);
  if (definition === undefined) return [];
  const before = await runBefore(ask, run);
  const commits = [run.commit, ...(before === undefined ? [] : [before.commit])];
  const history = await repositories.history(repositoryUrlOf(definition), { commits });
  // A force push may have taken the commits away.
  for (const commit of commits) if (!(await history.has(commit))) return [];
  const limit = before === undefined ? 1 : MAX_CHANGES;
  return history.log({ from: before?.commit, to: run.commit, limit });
}

async function runBefore({ app }: Ask, run: RunState): Promise<RunState | undefined> {
  const { items } = await app.store.runs.list(run.project, {
    definitions: [run.definition.id],
    branch: run.branch,
    maxTime: run.queueTime,
    removed: 'with',
    limit: 20,
  });
  return items.find(({ id, status }) => id < run.id && status === 'completed');
}

function wireChange({ id, message, author, at }: Commit): WireChange {
  return { id, message, type: 'Git', author: identityRef(author), timestamp: wireTime(at) };
}
