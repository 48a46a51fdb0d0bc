import { randomUUID } from 'node:crypto';
import type { Collection, WireArtifact, WireArtifactFiles, WireRunArtifact } from '@signalbox/api';
import { artifactNameProblem } from '@signalbox/model';
import { StoreError, type ArtifactRow } from '@signalbox/store';
import { signedContent } from '../../auth/signed-content.ts';
import { nameGuid } from '../../guid.ts';
import { VALUE_LENGTH } from '../../limits.ts';
import { required } from '../agent/agent-caller.ts';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest, conflict, notFound } from '../problem.ts';
import { wantsSigned } from '../read/expand.ts';
import { apiUrl, collection } from '../shape/common.ts';
import { findRun, type FoundRun } from './find-run.ts';
import { sendSigned } from './send-signed.ts';
import { sendByHash, sendByPath, sendArtifactZip } from './send-artifact.ts';

/** Artifacts over REST (REST.md §3.3, §3.4); whoever sees a run reads its artifacts. */
export const buildArtifactHandlers: Handlers<
  'listArtifacts' | 'createArtifact' | 'listRunArtifacts' | 'signedContent'
> = {
  listArtifacts: async (ask) => list(ask),
  createArtifact: async (ask) => create(ask),
  listRunArtifacts: async (ask) => listOfRun(ask),
  signedContent: async (ask) => sendSigned(ask),
};

async function list(
  ask: Ask,
): Promise<Collection<WireArtifact> | WireArtifact | WireArtifactFiles | undefined> {
  const found = await findRun(ask);
  if (ask.query.text('artifactName') === undefined) {
    const rows = await ask.app.store.artifacts.list(found.run.id);
    return collection(rows.map((row) => wireArtifact(ask, found, row)));
  }
  const row = await namedArtifact(ask, found);
  const fileId = ask.query.text('fileId');
  const subPath = ask.query.text('subPath', 1025)?.replace(/^\/+/, '');
  if (fileId !== undefined) return sendByHash(ask, row, fileId);
  const format = ask.query.text('$format')?.toLowerCase() ?? formatOf(ask.request.headers.accept);
  if (format === 'file') return sendByPath(ask, row, subPath ?? '');
  return format === 'zip' ? sendArtifactZip(ask, row, subPath ?? '') : wireArtifact(ask, found, row);
}

function formatOf(accept = ''): string {
  return accept.split(',')[0]?.toLowerCase().includes('application/zip') === true ? 'zip' : 'json';
}

async function namedArtifact(ask: Ask, { run }: FoundRun): Promise<ArtifactRow> {
  const name = ask.query.text('artifactName') ?? '';
  const row = await ask.app.store.artifacts.find(run.id, name);
  if (row !== undefined) return row;
  throw notFound('Artifact', `The artifact ${name.slice(0, 256)} of build ${run.id}`);
}

async function create(ask: Ask): Promise<WireArtifact> {
  const found = await findRun(ask);
  const { run } = found;
  const body = ask.body();
  const name = required(body, 'name');
  const problem = artifactNameProblem(name);
  if (problem !== undefined) throw badRequest(problem);
  const resource = body.object('resource');
  const type = PLACES.find((one) => one.toLowerCase() === resource.text('type')?.toLowerCase());
  if (type === undefined) throw badRequest(`"resource.type" must be one of: ${PLACES.join(', ')}.`);
  const properties = resource.object('properties');
  const texts = properties.entries().map(([key]) => [key, properties.text(key, VALUE_LENGTH) ?? '']);
  const input = {
    project: run.project,
    run: run.id,
    name,
    type,
    files: 0,
    bytes: 0,
    data: required(resource, 'data', VALUE_LENGTH),
    properties: Object.fromEntries(texts) as Record<string, string>,
    source: body.text('source') ?? nameGuid('run', String(run.id)),
    key: `rest:${randomUUID()}`,
  };
  try {
    return wireArtifact(ask, found, await ask.app.store.artifacts.create(input, []));
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'name-taken') throw error;
    const message = `Artifact ${name} already exists for build ${run.id}.`;
    throw conflict('ArtifactExistsException', message, 'artifact-exists');
  }
}

/** What has no files here. */
const PLACES = ['FilePath', 'VersionControl', 'GitRef', 'TfvcLabel'] as const;

async function listOfRun(ask: Ask): Promise<WireRunArtifact> {
  const found = await findRun(ask, 'runId', 'Run');
  if (found.run.definition.id !== ask.id('pipelineId', 'Pipeline')) {
    throw notFound('Run', `The run ${found.run.id} of that pipeline`);
  }
  const row = await namedArtifact(ask, found);
  const content = { kind: 'artifact', run: found.run.id, id: row.id } as const;
  return {
    name: row.name,
    url: addressOf(ask, found, row),
    ...(wantsSigned(ask.query) && hasFiles(row) && { signedContent: signedContent(ask.app, content) }),
  };
}

/** Others are elsewhere. */
function hasFiles({ type }: ArtifactRow): boolean {
  return type === 'PipelineArtifact' || type === 'Container';
}

function wireArtifact(ask: Ask, found: FoundRun, row: ArtifactRow): WireArtifact {
  const { id, name, source, type, data, properties, bytes } = row;
  const url = addressOf(ask, found, row);
  const downloadUrl = hasFiles(row) ? `${url}&%24format=zip` : data;
  const all = type === 'PipelineArtifact' ? { ...properties, artifactsize: String(bytes) } : properties;
  return { id, name, source, resource: { type, data, properties: all, url, downloadUrl } };
}

function addressOf({ app }: Ask, { run, project }: FoundRun, { name }: ArtifactRow): string {
  const query = `artifactName=${encodeURIComponent(name)}&api-version=7.1`;
  return apiUrl(app, project, `build/builds/${run.id}/artifacts?${query}`);
}
