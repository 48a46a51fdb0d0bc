import type { Collection, WireAttachment } from '@signalbox/api';
import { fold } from '@signalbox/model';
import type { AttachmentRow, ProjectRow } from '@signalbox/store';
import type { App } from '../../app.ts';
import type { Ask, Handlers } from '../ask.ts';
import { checkOwnRun, findRun } from '../build/find-run.ts';
import { notFound } from '../problem.ts';
import { apiUrl, collection } from '../shape/common.ts';

/** The files that steps attached to their records (LOG-19, LOG-20, LOG-21). */
export const attachmentHandlers: Handlers<'listAttachments' | 'getAttachment'> = {
  listAttachments: async (ask) => list(ask),
  getAttachment: async (ask) => get(ask),
};

async function list(ask: Ask): Promise<Collection<WireAttachment>> {
  const { run, project } = await findRun(ask);
  const type = fold(ask.param('type'));
  const all = await ask.app.store.results.attachments(run.id);
  return collection(
    all
      .filter((one) => fold(one.type) === type)
      .map((one) => ({
        name: one.name,
        _links: { self: { href: attachmentUrl(ask.app, project, run.planId, one) } },
      })),
  );
}

function attachmentUrl(
  app: App,
  project: ProjectRow,
  timeline: string,
  { run, record, type, name }: AttachmentRow,
): string {
  const path = [timeline, record, 'attachments', encodeURIComponent(type), encodeURIComponent(name)];
  return apiUrl(app, project, `build/builds/${run}/${path.join('/')}`);
}

async function get(ask: Ask): Promise<undefined> {
  const { run } = await findRun(ask);
  checkOwnRun(ask, run);
  const [record, type, name] = [fold(ask.param('recordId')), fold(ask.param('type')), ask.param('name')];
  const all = await ask.app.store.results.attachments(run.id);
  const known = all.find((one) => one.record === record && fold(one.type) === type && one.name === name);
  const content = known && (await ask.app.blobs.open(known.sha256));
  if (content === undefined) throw notFound('Attachment', `The attachment ${name.slice(0, 100)}`);
  // Never as a page of ours: whoever writes it is not trusted with the reader's session (TH10).
  await ask.reply
    .type('application/octet-stream')
    .header('content-disposition', 'attachment')
    .header('cache-control', 'no-store')
    .send(content);
  return undefined;
}
