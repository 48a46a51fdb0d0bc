import type { Collection } from '@signalbox/api';
import type { Ask, Handlers } from '../ask.ts';
import { collection } from '../shape/common.ts';
import { findRun } from './find-run.ts';
import { readTag, readTagChange } from './read-tag.ts';

/** Tags of runs; every answer is the full list (REST.md §3.3). */
export const tagHandlers: Handlers<'listTags' | 'addTags' | 'changeTags' | 'addTag' | 'deleteTag'> = {
  async listTags(ask) {
    const { run } = await findRun(ask);
    return collection(await ask.app.store.runs.tags(run.id));
  },
  addTags: async (ask) => add(ask, ask.bodyList()),
  changeTags: async (ask) => change(ask),
  addTag: async (ask) => add(ask, [ask.param('tag')]),
  async deleteTag(ask) {
    const { run } = await findRun(ask);
    return collection(await ask.app.store.runs.removeTag(run.id, ask.param('tag')));
  },
};

async function add(ask: Ask, tags: readonly unknown[]): Promise<Collection<string>> {
  const { run } = await findRun(ask);
  return collection(await ask.app.store.runs.addTags(run.id, tags.map(readTag)));
}

async function change(ask: Ask): Promise<Collection<string>> {
  const { runs } = ask.app.store;
  const { run } = await findRun(ask);
  const { add: added, remove } = readTagChange(ask);
  for (const tag of remove) await runs.removeTag(run.id, tag);
  return collection(await runs.addTags(run.id, added));
}
