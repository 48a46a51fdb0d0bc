import { fold, type Instant } from '@signalbox/model';
import type { ArtifactRow, Artifacts, ContainerPart } from '../port/artifacts.ts';
import type { Blobs } from '../port/blobs.ts';
import { missing, Rows, taken } from './rows.ts';
import type { Tables } from './tables.ts';

type KeptArtifact = ArtifactRow & { readonly key: string };

/** The artifacts of runs in memory. */
export function artifacts(tables: Tables, blobs: Blobs, clock: () => Instant): Artifacts {
  const rows = new Rows<KeptArtifact>();
  const parts = new Map<string, ContainerPart>();
  const find = (run: number, name: string) =>
    rows.find((row) => row.run === run && fold(row.name) === fold(name));
  const dropContainer = async (run: number): Promise<void> => {
    for (const [key, part] of parts) if (part.run === run) parts.delete(key);
    await blobs.release(`container:${run}`);
  };
  const removeOfRun = async (run: number): Promise<void> => {
    for (const { id } of rows.all().filter((row) => row.run === run)) {
      rows.remove(id);
      await blobs.release(`artifact:${id}`);
    }
    await dropContainer(run);
  };
  tables.whenRemoved.push(removeOfRun);
  return {
    async create(input, contents) {
      const repeated = plain(rows.find(({ key }) => key === input.key));
      if (repeated !== undefined) return repeated;
      if (!tables.runs.has(input.run)) throw missing(`run ${input.run}`);
      if (find(input.run, input.name) !== undefined) {
        throw taken(`an artifact ${input.name} of run ${input.run}`);
      }
      const { key: _, ...made } = rows.add({ ...input, createdAt: clock() });
      await blobs.use({ owner: `artifact:${made.id}`, project: input.project }, contents);
      return made;
    },
    get: async (id) => plain(rows.get(id)),
    find: async (run, name) => plain(find(run, name)),
    async list(run) {
      return rows.all().flatMap((row) => (row.run === run ? [plain(row) ?? row] : []));
    },
    async addPart({ run, folder, manifest, files, bytes, project, key }, contents) {
      if (!parts.has(key)) parts.set(key, { run, folder, manifest, files, bytes });
      await blobs.use({ owner: `container:${run}`, project }, contents);
    },
    async parts(run, folder) {
      return [...parts.values()].filter(
        (part) => part.run === run && (folder === undefined || fold(part.folder) === fold(folder)),
      );
    },
    async expire(before) {
      const old = rows
        .all()
        .filter(({ run, createdAt }) => createdAt < before && tables.runs.get(run)?.status === 'completed');
      for (const { id, run, type } of old) {
        rows.remove(id);
        await blobs.release(`artifact:${id}`);
        // The folders of a container go together, with the last artifact that shows one of them.
        const others = rows.find((row) => row.run === run && row.type === 'Container');
        if (type === 'Container' && others === undefined) await dropContainer(run);
      }
      return old.length;
    },
    removeOfRun,
  };
}

function plain(row: KeptArtifact | undefined): ArtifactRow | undefined {
  if (row === undefined) return undefined;
  const { key: _, ...rest } = row;
  return rest;
}
