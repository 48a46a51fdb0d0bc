import type { Collection, WireMetric, WireRevision } from '@signalbox/api';
import type { DefinitionRow, ProjectRow } from '@signalbox/store';
import type { Ask, Handlers } from '../ask.ts';
import { apiUrl, collection, identityRef, wireTime } from '../shape/common.ts';
import { findDefinition } from './definitions.ts';
import { readTag, readTagChange } from './read-tag.ts';

/** Revisions, tags and numbers of definitions, and the tags of a project (REST.md §3.2). */
export const definitionNoteHandlers: Handlers<
  | 'listRevisions'
  | 'listDefinitionTags'
  | 'addDefinitionTags'
  | 'changeDefinitionTags'
  | 'addDefinitionTag'
  | 'deleteDefinitionTag'
  | 'listProjectTags'
  | 'deleteProjectTag'
  | 'definitionMetrics'
> = {
  listRevisions: async (ask) => listRevisions(ask),
  async listDefinitionTags(ask) {
    const { row } = await definitionOf(ask);
    return collection(await ask.app.store.definitions.tags(row.id));
  },
  addDefinitionTags: async (ask) => addTags(ask, ask.bodyList()),
  changeDefinitionTags: async (ask) => changeTags(ask),
  addDefinitionTag: async (ask) => addTags(ask, [ask.param('tag')]),
  async deleteDefinitionTag(ask) {
    const { row } = await definitionOf(ask);
    return collection(await ask.app.store.definitions.removeTag(row.id, ask.param('tag')));
  },
  async listProjectTags(ask) {
    return collection(await ask.app.store.runs.tagsOfProject((await ask.project()).id));
  },
  deleteProjectTag: async (ask) => deleteProjectTag(ask),
  definitionMetrics: async (ask) => metrics(ask),
};

async function definitionOf(
  ask: Ask,
): Promise<{ readonly project: ProjectRow; readonly row: DefinitionRow }> {
  const project = await ask.project();
  return { project, row: await findDefinition(ask, project, ask.id('definitionId', 'Definition')) };
}

async function listRevisions(ask: Ask): Promise<Collection<WireRevision>> {
  const { project, row } = await definitionOf(ask);
  const kept = await ask.app.store.definitions.revisions(project.id, row.id);
  // One that was made before revisions were kept is known as it is now.
  const all = kept.some((one) => one.row.revision === row.revision) ? kept : [...kept, { row, by: '' }];
  return collection(
    all.map(({ row: one, by }) => ({
      revision: one.revision,
      name: one.name,
      changeType: one.revision === 1 ? 'add' : 'update',
      changedBy: identityRef(by),
      changedDate: wireTime(one.updatedAt),
      definitionUrl: apiUrl(ask.app, project, `build/definitions/${row.id}?revision=${one.revision}`),
    })),
  );
}

async function addTags(ask: Ask, tags: readonly unknown[]): Promise<Collection<string>> {
  const { row } = await definitionOf(ask);
  return collection(await ask.app.store.definitions.addTags(row.id, tags.map(readTag)));
}

async function changeTags(ask: Ask): Promise<Collection<string>> {
  const { definitions } = ask.app.store;
  const { row } = await definitionOf(ask);
  const { add, remove } = readTagChange(ask);
  for (const tag of remove) await definitions.removeTag(row.id, tag);
  return collection(await definitions.addTags(row.id, add));
}

/** Answers the tags that are left. */
async function deleteProjectTag(ask: Ask): Promise<Collection<string>> {
  const { store } = ask.app;
  const project = await ask.project();
  const tag = ask.param('tag');
  await store.runs.forgetTag(project.id, tag);
  for (const { id } of await store.definitions.list(project.id)) await store.definitions.removeTag(id, tag);
  return collection(await store.runs.tagsOfProject(project.id));
}

async function metrics(ask: Ask): Promise<Collection<WireMetric>> {
  const { project, row } = await definitionOf(ask);
  const open = await ask.app.store.runs.list(project.id, {
    definitions: [row.id],
    statuses: ['notStarted', 'inProgress', 'cancelling'],
    limit: 1000,
  });
  const waiting = open.items.filter(({ status }) => status === 'notStarted').length;
  const running = open.items.length - waiting;
  return collection([
    { name: 'CurrentBuildsInQueue', scope: '', intValue: waiting },
    { name: 'CurrentBuildsInProgress', scope: '', intValue: running },
  ]);
}
