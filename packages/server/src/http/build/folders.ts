import type { Collection, WireFolder } from '@signalbox/api';
import { fold } from '@signalbox/model';
import type { FolderRow, ProjectRow } from '@signalbox/store';
import type { App } from '../../app.ts';
import { callerName } from '../../auth/principal.ts';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest, notFound } from '../problem.ts';
import { collection, identityRef, projectRef, wireTime } from '../shape/common.ts';
import { readPath } from './definition-input.ts';
import { removeContent } from './folder-content.ts';

const ROOT = '\\';

/** Folders of definitions: those that somebody made, and those that definitions name (REST.md §3.2). */
export const folderHandlers: Handlers<'listFolders' | 'createFolder' | 'updateFolder' | 'deleteFolder'> = {
  listFolders: async (ask) => list(ask),
  createFolder: async (ask) => create(ask),
  updateFolder: async (ask) => update(ask),
  deleteFolder: async (ask) => remove(ask),
};

/** One folder of a project: a row, or only a path that definitions lie in. */
type Folder = Pick<FolderRow, 'path'> & Partial<FolderRow>;

async function list(ask: Ask): Promise<Collection<WireFolder>> {
  const project = await ask.project();
  const from = pathOf(ask);
  const all = (await foldersOf(ask, project)).filter(({ path }) => isIn(path, from));
  const down = ask.query.text('queryOrder')?.toLowerCase() === 'folderdescending';
  return collection((down ? all.toReversed() : all).map((one) => wireFolder(ask.app, project, one)));
}

async function create(ask: Ask): Promise<WireFolder> {
  const project = await ask.project();
  const path = folderPath(ask);
  const description = ask.body().text('description', 2048) ?? '';
  const made = { path, description, by: callerName(ask) };
  return wireFolder(ask.app, project, await ask.app.store.folders.create(project.id, made));
}

async function update(ask: Ask): Promise<WireFolder> {
  const project = await ask.project();
  const from = folderPath(ask);
  const body = ask.body();
  const known = await knownFolder(ask, project, from);
  const to = body.has('path') ? readPath(body.text('path', 400)) : known.path;
  if (to === ROOT) throw badRequest('A folder cannot become the root.');
  if (fold(to) !== fold(from) && isIn(to, from)) throw badRequest('A folder cannot move into itself.');
  const description = body.text('description', 2048) ?? known.description ?? '';
  const moved = { path: to, description, by: callerName(ask) };
  return wireFolder(ask.app, project, await ask.app.store.folders.move(project.id, from, moved));
}

async function remove(ask: Ask): Promise<undefined> {
  const project = await ask.project();
  const path = folderPath(ask);
  await knownFolder(ask, project, path);
  const inside = (await ask.app.store.definitions.list(project.id)).filter((one) => isIn(one.path, path));
  await removeContent(ask, project, inside);
  await ask.app.store.folders.remove(project.id, path);
  await ask.reply.code(204).send();
  return undefined;
}

/** The path of the address, or of the query, as older clients give it. */
function pathOf(ask: Ask): string {
  return readPath(ask.param('*') === '' ? ask.query.text('path', 400) : ask.param('*'));
}

function folderPath(ask: Ask): string {
  const path = pathOf(ask);
  if (path === ROOT) throw badRequest('"path" is missing: the folder, and the root is none.');
  return path;
}

async function knownFolder(ask: Ask, project: ProjectRow, path: string): Promise<Folder> {
  const known = (await foldersOf(ask, project)).find((one) => fold(one.path) === fold(path));
  if (known === undefined) throw notFound('Folder', `The folder ${path}`);
  return known;
}

async function foldersOf({ app }: Ask, project: ProjectRow): Promise<readonly Folder[]> {
  const found = new Map<string, Folder>([[ROOT, { path: ROOT }]]);
  const note = (one: Folder): void => {
    const parts = one.path.split('\\').slice(1);
    for (let depth = 1; depth < parts.length; depth += 1) {
      const path = `\\${parts.slice(0, depth).join('\\')}`;
      if (!found.has(fold(path))) found.set(fold(path), { path });
    }
    found.set(fold(one.path), one);
  };
  for (const { path } of await app.store.definitions.list(project.id)) if (path !== ROOT) note({ path });
  for (const row of await app.store.folders.list(project.id)) note(row);
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

function isIn(path: string, folder: string): boolean {
  return folder === ROOT || `${fold(path)}\\`.startsWith(`${fold(folder)}\\`);
}

function wireFolder(app: App, project: ProjectRow, folder: Folder): WireFolder {
  const { path, description = '', createdBy, createdAt, modifiedBy, modifiedAt } = folder;
  return {
    path,
    description,
    project: projectRef(app, project),
    ...(createdBy !== undefined && { createdBy: identityRef(createdBy) }),
    ...(createdAt !== undefined && { createdOn: wireTime(createdAt) }),
    ...(modifiedBy !== undefined && { lastChangedBy: identityRef(modifiedBy) }),
    ...(modifiedAt !== undefined && { lastChangedDate: wireTime(modifiedAt) }),
  };
}
