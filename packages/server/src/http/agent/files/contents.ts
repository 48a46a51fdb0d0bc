import { MANIFEST_BYTES, type MissingContentsResponse } from '@signalbox/api';
import { Readable } from 'node:stream';
import { isSha256, type BlobRefusal } from '../../../blobs/blob-store.ts';
import { CONTENTS_ASKED } from '../../../limits.ts';
import type { Ask, Handlers } from '../../ask.ts';
import { badRequest, notFound, Problem } from '../../problem.ts';
import { requiredNumber } from '../agent-caller.ts';
import { leasedJob } from './leased-job.ts';
import { mayRead } from './readable.ts';

/** Contents on their way from and to jobs. */
export const contentHandlers: Handlers<'jobContentsMissing' | 'jobContentPut' | 'jobContentGet'> = {
  jobContentsMissing: async (ask) => missing(ask),
  jobContentPut: async (ask) => put(ask),
  jobContentGet: async (ask) => get(ask),
};

/** Whether other projects have a content is nobody's business: those count as missing. */
async function missing(ask: Ask): Promise<MissingContentsResponse> {
  const body = ask.body();
  const { run, owner } = await leasedJob(ask, requiredNumber(body, 'lease'));
  const wanted = body.list('sha256').map(readSha256);
  if (wanted.length > CONTENTS_ASKED) throw badRequest(`More than ${CONTENTS_ASKED} contents at once.`);
  const { blobs, store } = ask.app;
  const there: string[] = [];
  for (const sha256 of await store.blobs.usedIn(run.project, wanted)) {
    if ((await blobs.want(sha256)) !== undefined) there.push(sha256);
  }
  // From here on they are this job's as well: whoever used them before may let go now.
  await store.blobs.use(owner, there);
  const known = new Set(there);
  return { missing: wanted.filter((sha256) => !known.has(sha256)) };
}

async function put(ask: Ask): Promise<undefined> {
  const sha256 = readSha256(ask.param('sha256'));
  const { owner } = await leasedJob(ask, leaseOf(ask));
  const { body } = ask.request;
  if (!(body instanceof Readable)) throw badRequest('The body must be the content.');
  const stored = await ask.app.blobs.put(body, { sha256, limit: MANIFEST_BYTES });
  if (stored.kind === 'refused') {
    throw new Problem(STATUS[stored.code], 'ContentRefusedException', stored.message, { code: stored.code });
  }
  await ask.app.store.blobs.use(owner, [sha256]);
  await ask.reply.code(204).send();
  return undefined;
}

const STATUS: Readonly<Record<BlobRefusal, number>> = {
  'blob-mismatch': 422,
  'blob-too-large': 413,
  'storage-full': 507,
};

async function get(ask: Ask): Promise<undefined> {
  const sha256 = readSha256(ask.param('sha256'));
  const job = await leasedJob(ask, leaseOf(ask));
  const owner = ask.query.text('owner') ?? '';
  const { blobs, store } = ask.app;
  const isHis = (await mayRead(ask.app, job, owner)) && (await store.blobs.uses(owner, sha256));
  const content = isHis ? await blobs.open(sha256) : undefined;
  if (content === undefined) throw notFound('Content', `The content ${sha256} of "${owner}"`);
  await ask.reply.type('application/octet-stream').header('cache-control', 'no-store').send(content);
  return undefined;
}

function leaseOf(ask: Ask): number {
  const lease = ask.query.number('lease');
  if (lease === undefined) throw badRequest('"lease" is missing.');
  return lease;
}

function readSha256(value: unknown): string {
  if (typeof value === 'string' && isSha256(value)) return value;
  throw badRequest('A content is named by 64 lower-case hexadecimal digits.');
}
