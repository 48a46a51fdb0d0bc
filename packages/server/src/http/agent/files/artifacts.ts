import type { FindArtifactsResponse } from '@signalbox/api';
import { jobPath, partName } from '@signalbox/engine';
import { artifactNameProblem } from '@signalbox/model';
import { StoreError, type ArtifactInput } from '@signalbox/store';
import { findArtifacts } from '../../../artifacts/find-artifacts.ts';
import { readSentFiles, type SentFiles } from '../../../artifacts/read-files.ts';
import { readSource } from '../../../artifacts/read-source.ts';
import { recordId } from '../../shape/record.ts';
import { ARTIFACT_PROPERTIES, VALUE_LENGTH } from '../../../limits.ts';
import type { Ask, Handlers } from '../../ask.ts';
import { badRequest, conflict, Problem } from '../../problem.ts';
import type { Fields } from '../../read/fields.ts';
import { required, requiredNumber } from '../agent-caller.ts';
import { leasedJob, type LeasedJob } from './leased-job.ts';

/** Artifacts as jobs make and find them (ART-1 … ART-6). */
export const artifactHandlers: Handlers<
  'jobArtifactPublish' | 'jobArtifactUpload' | 'jobArtifactAssociate' | 'jobArtifactsFind'
> = {
  jobArtifactPublish: async (ask) => publish(ask),
  jobArtifactUpload: async (ask) => upload(ask),
  jobArtifactAssociate: async (ask) => associate(ask),
  jobArtifactsFind: async (ask) => find(ask),
};

async function publish(ask: Ask): Promise<undefined> {
  const body = ask.body();
  const job = await leasedJob(ask, requiredNumber(body, 'lease'));
  const common = readCommon(body, job);
  const { contents, files, bytes, manifest } = await sentFiles(ask, job);
  await create(
    ask,
    { ...common, type: 'PipelineArtifact', data: manifest, manifest, files, bytes },
    contents,
  );
  return done(ask);
}

async function upload(ask: Ask): Promise<undefined> {
  const body = ask.body();
  const job = await leasedJob(ask, requiredNumber(body, 'lease'));
  const common = readCommon(body, job);
  const { run, project, name, key } = common;
  const folder = required(body, 'folder');
  const problem = artifactNameProblem(folder);
  if (problem !== undefined) throw badRequest(problem.replace('artifact', 'container folder'));
  const data = `#/${run}/${folder}`;
  const known = await ask.app.store.artifacts.find(run, name);
  // ART-6: the same folder again takes more files; anything else of that name is another artifact.
  if (known !== undefined && (known.type !== 'Container' || known.data !== data)) throw exists(name, run);
  const { contents, files, bytes, manifest } = await sentFiles(ask, job);
  const part = { project, run, folder, manifest, files, bytes };
  await ask.app.store.artifacts.addPart({ ...part, key: `part:${key}` }, contents);
  if (known === undefined) await create(ask, { ...common, type: 'Container', data, files: 0, bytes: 0 }, []);
  return done(ask);
}

async function associate(ask: Ask): Promise<undefined> {
  const body = ask.body();
  const job = await leasedJob(ask, requiredNumber(body, 'lease'));
  const common = readCommon(body, job);
  const type = TYPES.find((one) => one === body.text('type'));
  if (type === undefined) throw badRequest(`"type" must be one of: ${TYPES.join(', ')}.`);
  const data = required(body, 'data', VALUE_LENGTH);
  await create(ask, { ...common, type, data, files: 0, bytes: 0 }, []);
  return done(ask);
}

const TYPES = ['Container', 'FilePath', 'VersionControl', 'GitRef', 'TfvcLabel'] as const;

async function find(ask: Ask): Promise<FindArtifactsResponse> {
  const body = ask.body();
  const { run } = await leasedJob(ask, requiredNumber(body, 'lease'));
  const name = body.text('name');
  const found = await findArtifacts(ask.app.store, run, {
    source: readSource(body.object('source')),
    ...(name !== undefined && name !== '' && { name }),
  });
  if (found.kind === 'found') return found.artifacts;
  throw new Problem(404, 'ArtifactNotFoundException', found.message, { code: found.code });
}

type Common = Pick<ArtifactInput, 'project' | 'run' | 'name' | 'properties' | 'source' | 'key'>;

function readCommon(body: Fields, { pool, row, run }: LeasedJob): Common {
  const name = required(body, 'name', VALUE_LENGTH);
  const problem = artifactNameProblem(name);
  if (problem !== undefined) throw badRequest(problem);
  const place = `${jobPath(row.instance)}.${partName(row.instance)}`;
  return {
    project: run.project,
    run: run.id,
    name,
    properties: readProperties(body.object('properties')),
    source: recordId(place, row.instance.jobAttempt),
    key: `${pool}:${row.id}:${required(body, 'key')}`,
  };
}

function readProperties(fields: Fields): Readonly<Record<string, string>> {
  const entries = fields.entries();
  if (entries.length > ARTIFACT_PROPERTIES) throw badRequest(`More than ${ARTIFACT_PROPERTIES} properties.`);
  return Object.fromEntries(entries.map(([name]) => [name, fields.text(name, VALUE_LENGTH) ?? '']));
}

async function sentFiles(
  ask: Ask,
  { run }: LeasedJob,
): Promise<Omit<Extract<SentFiles, { ok: true }>, 'manifest'> & { readonly manifest: string }> {
  const manifest = required(ask.body(), 'manifest');
  const { blobs, store } = ask.app;
  const sent = await readSentFiles({ blobs, rows: store.blobs }, run.project, manifest);
  if (sent.ok) return { ...sent, manifest };
  throw new Problem(400, 'InvalidFileListException', sent.problem, { code: sent.code });
}

async function create(ask: Ask, input: ArtifactInput, contents: readonly string[]): Promise<void> {
  try {
    await ask.app.store.artifacts.create(input, contents);
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'name-taken') throw error;
    throw exists(input.name, input.run);
  }
}

/** RETRY-12: in the words of the service. */
function exists(name: string, run: number): Problem {
  return conflict(
    'ArtifactExistsException',
    `Artifact ${name} already exists for build ${run}.`,
    'artifact-exists',
  );
}

async function done(ask: Ask): Promise<undefined> {
  await ask.reply.code(204).send();
  return undefined;
}
