import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import type { WireSecureFile } from '@signalbox/api';
import type { ProjectRow, SecureFileRow } from '@signalbox/store';
import { callerName } from '../../auth/principal.ts';
import { SECURE_FILE_BYTES } from '../../limits.ts';
import { ownerOfSecureFile } from '../../tasks/secure-file-owner.ts';
import { ticketOpens } from '../../tasks/secure-file-ticket.ts';
import { secureFileResource } from '../../work/protected/resources-by-id.ts';
import type { Ask, Handlers } from '../ask.ts';
import { readName } from '../distributed-task/environments.ts';
import { badRequest, forbidden, notFound, Problem } from '../problem.ts';
import { readContent } from '../read/content.ts';
import { collection, identityRef, wireTime } from '../shape/common.ts';
import { deleteResource } from './delete-resource.ts';

/** Secure files: stored sealed, given to the jobs of stages that may use them, and to nobody else. */
export const secureFileHandlers: Handlers<
  'listSecureFiles' | 'getSecureFile' | 'uploadSecureFile' | 'deleteSecureFile'
> = {
  listSecureFiles: async (ask) => {
    const project = await ask.project();
    return collection((await ask.app.store.secureFiles.list(project.id)).map(wireSecureFile));
  },
  getSecureFile: async (ask) => get(ask),
  uploadSecureFile: async (ask) => upload(ask),
  deleteSecureFile: async (ask) => remove(ask),
};

async function get(ask: Ask): Promise<WireSecureFile | undefined> {
  const project = await ask.project();
  const row = await find(ask, project);
  if (ask.query.flag('download') !== true) return wireSecureFile(row);
  const { app, principal } = ask;
  const ticket = ask.query.text('ticket', 4096) ?? '';
  if (principal.role !== 'job' || !ticketOpens(app.sealer, ticket, { file: row.guid, ...principal.lease })) {
    throw forbidden(
      'The content of a secure file is given to a job that uses it, with the ticket that it was given.',
    );
  }
  const sealed = await app.blobs.open(row.sha256);
  if (sealed === undefined) throw notFound('SecureFile', `The content of ${row.name}`);
  const content = Buffer.from(app.sealer.open(await text(sealed)), 'base64');
  await ask.reply.type('application/octet-stream').header('cache-control', 'no-store').send(content);
  return undefined;
}

async function upload(ask: Ask): Promise<WireSecureFile> {
  const { store, blobs, sealer } = ask.app;
  const project = await ask.project();
  const name = readName(ask.query.text('name'), 'A secure file');
  if (/[\\/\0]/.test(name) || name === '.' || name === '..') {
    throw badRequest('The name of a secure file is a file name, without folders.');
  }
  const content = await readContent(ask, SECURE_FILE_BYTES);
  if (content.length === 0) throw badRequest('The file is empty.');
  const put = await blobs.put(once(sealer.seal(content.toString('base64'))));
  if (put.kind === 'refused')
    throw new Problem(507, 'ContentRefusedException', put.message, { code: put.code });
  const guid = randomUUID();
  await store.blobs.use({ owner: ownerOfSecureFile(guid), project: project.id }, [put.sha256]);
  const input = { name, guid, sha256: put.sha256, size: content.length, by: callerName(ask) };
  return wireSecureFile(await store.secureFiles.create(project.id, input));
}

async function* once(sealed: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(sealed, 'utf8');
}

async function remove(ask: Ask): Promise<undefined> {
  const project = await ask.project();
  const { guid, name } = await find(ask, project);
  const { store } = ask.app;
  await deleteResource(ask, project, secureFileResource(name), () =>
    store.secureFiles.remove(project.id, guid),
  );
  await store.blobs.release(ownerOfSecureFile(guid));
  await ask.reply.code(204).send();
  return undefined;
}

async function find(ask: Ask, project: ProjectRow): Promise<SecureFileRow> {
  const guid = ask.param('secureFileId');
  const row = await ask.app.store.secureFiles.get(project.id, guid);
  if (row === undefined) throw notFound('SecureFile', `The secure file ${guid.slice(0, 40)}`);
  return row;
}

function wireSecureFile({ guid, name, size, createdBy, createdAt }: SecureFileRow): WireSecureFile {
  return { id: guid, name, size, createdBy: identityRef(createdBy), createdOn: wireTime(createdAt) };
}
