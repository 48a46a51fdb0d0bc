import { ROUTES } from '@signalbox/api';
import type { Area } from '../area.ts';
import { recordOf, textOf } from '../json.ts';
import { PREVIEW } from '../remote.ts';

/** Secure files: their names. No one gets their contents out. */
export const secureFileArea: Area = {
  name: 'secure-file',
  async read({ remote, project }) {
    const all = await remote.all(ROUTES.listSecureFiles, { path: { project }, version: PREVIEW });
    return all.map(recordOf).flatMap((file) => {
      const name = textOf(file['name']);
      const what = `The content of ${name} cannot be read.`;
      const mend = `Upload it: signalbox secure-files upload FILE --name "${name}"`;
      return name === ''
        ? []
        : [{ name, id: textOf(file['id']), body: {}, byHand: { code: 'file-to-upload', what, mend } }];
    });
  },
  // Each of them is made by hand.
  create: async () => undefined,
};
