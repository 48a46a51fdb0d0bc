import { ROUTES } from '@signalbox/api';
import type { Area } from '../area.ts';
import { pick, recordOf, textOf } from '../json.ts';

/** Folders of pipelines; empty ones, too. */
export const folderArea: Area = {
  name: 'folder',
  async read({ remote, project }) {
    const all = await remote.all(ROUTES.listFolders, { path: { project }, version: '7.1-preview.2' });
    return all.map(recordOf).flatMap((folder) => {
      const path = textOf(folder['path']);
      return path === '' || path === '\\'
        ? []
        : [{ name: path, id: path, body: pick(folder, ['description']) }];
    });
  },
  async create({ remote, project }, { name, body }) {
    await remote.json(ROUTES.createFolder, { path: { project }, query: { path: name }, body });
  },
};
