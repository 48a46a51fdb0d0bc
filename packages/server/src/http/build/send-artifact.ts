import { basename } from 'node:path/posix';
import type { Readable } from 'node:stream';
import type { WireArtifactFiles } from '@signalbox/api';
import type { ManifestFile } from '@signalbox/model';
import type { ArtifactRow } from '@signalbox/store';
import { ZipFile } from 'yazl';
import { contentOf, keptFiles } from '../../artifacts/kept-files.ts';
import type { Ask } from '../ask.ts';
import { notFound } from '../problem.ts';

async function filesOf(ask: Ask, row: ArtifactRow): Promise<readonly ManifestFile[]> {
  const files = await keptFiles(ask.app, row);
  if (files !== undefined) return files;
  throw notFound(
    'ArtifactContent',
    `The content of the artifact ${row.name}, which is elsewhere (${row.type}),`,
  );
}

/** The list of files, or one of them by its hash. */
export async function sendByHash(
  ask: Ask,
  row: ArtifactRow,
  id: string,
): Promise<WireArtifactFiles | undefined> {
  const files = await filesOf(ask, row);
  if (id === 'manifest' || id === row.manifest) {
    const items = files.map(({ path, sha256, size }) => ({ path: `/${path}`, blob: { id: sha256, size } }));
    return { manifestFormat: 'V3', items };
  }
  return sendFile(
    ask,
    files.find(({ sha256 }) => sha256 === id),
    id,
  );
}

/** One file, by its path in the artifact. */
export async function sendByPath(ask: Ask, row: ArtifactRow, wanted: string): Promise<undefined> {
  const files = await filesOf(ask, row);
  return sendFile(
    ask,
    files.find(({ path }) => path === wanted),
    wanted,
  );
}

async function sendFile(ask: Ask, file: ManifestFile | undefined, wanted: string): Promise<undefined> {
  if (file === undefined) throw notFound('ArtifactFile', `The file ${wanted.slice(0, 256)} of the artifact`);
  const content = contentOf(ask.app.blobs, file);
  await download(ask, basename(file.path))
    .type('application/octet-stream')
    .header('content-length', String(file.size))
    .send(content);
  return undefined;
}

// The same artifact gives the same archive.
const DATE = new Date(Date.UTC(1980, 0, 1));

/** The files, or those below a folder, as a zip archive while it is made; its folder is the artifact's name. */
export async function sendArtifactZip(ask: Ask, row: ArtifactRow, below: string): Promise<undefined> {
  const zip = new ZipFile();
  const open: { content?: Readable } = {};
  const isBelow = (path: string): boolean => below === '' || path === below || path.startsWith(`${below}/`);
  for (const file of (await filesOf(ask, row)).filter(({ path }) => isBelow(path))) {
    const options = { mtime: DATE, mode: 0o100_000 | file.mode, compress: true, compressionLevel: 1 };
    zip.addReadStreamLazy(`${row.name}/${file.path}`, options, (take) => {
      open.content = contentOf(ask.app.blobs, file);
      take(null, open.content);
    });
  }
  // What goes wrong while a file is read ends the answer in its middle: it must not look whole.
  zip.on('error', (error) => ask.reply.raw.destroy(error as Error));
  // Who hangs up leaves a file open.
  ask.reply.raw.once('close', () => open.content?.destroy());
  zip.end();
  await download(ask, `${row.name}.zip`).type('application/zip').send(zip.outputStream);
  return undefined;
}

/** Always as a download: what a pipeline made is never shown as a page of ours (TH8). */
function download({ reply }: Ask, name: string): Ask['reply'] {
  return reply
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`);
}
