import { fold, type Instant, type RunId } from '@signalbox/model';
import type { Selectable } from 'kysely';
import type { ArtifactInput, ArtifactRow, Artifacts, ContainerPart } from '../../port/artifacts.ts';
import { row, rows } from '../builder.ts';
import { found, named, type Runner } from '../runner.ts';
import type { Tables } from '../tables.ts';
import type { Work } from '../work.ts';
import { releaseContents, useContents } from './blobs.ts';

/** The artifacts of runs over a database. */
export function artifacts(runner: Runner): Artifacts {
  return {
    create: (input, contents) => runner.write(() => create(runner, input, contents)),
    get: (id) => runner.read(() => get(runner, id)),
    find: (run, name) => runner.read(() => find(runner, run, name)),
    list: (run) => runner.read(() => list(runner, run)),
    addPart: (part, contents) => runner.write(() => addPart(runner, part, contents)),
    parts: (run, folder) => runner.read(() => parts(runner, run, folder)),
    expire: (before) => runner.write(() => expire(runner, before)),
    removeOfRun: (run) => runner.write(() => removeOfRun(runner, run)),
  };
}

function* create(runner: Runner, input: ArtifactInput, contents: readonly string[]): Work<ArtifactRow> {
  const repeated = runner.db.selectFrom('artifact').selectAll().where('key', '=', input.key);
  const known = yield* row(repeated);
  if (known !== undefined) return artifactRow(known);
  const { properties, manifest, ...rest } = input;
  const query = runner.db
    .insertInto('artifact')
    .values({
      ...rest,
      folded: fold(input.name),
      properties: JSON.stringify(properties),
      manifest: manifest ?? null,
      created_at: runner.clock(),
    })
    .returningAll();
  const made = found(
    yield* named(runner, `an artifact ${input.name} of run ${input.run}`, row(query)),
    'artifact',
  );
  yield* useContents(runner, { owner: `artifact:${made.id}`, project: input.project }, contents);
  return artifactRow(made);
}

function* get(runner: Runner, id: number): Work<ArtifactRow | undefined> {
  const known = yield* row(runner.db.selectFrom('artifact').selectAll().where('id', '=', id));
  return known && artifactRow(known);
}

function* find(runner: Runner, run: RunId, name: string): Work<ArtifactRow | undefined> {
  const asked = runner.db.selectFrom('artifact').selectAll().where('run', '=', run);
  const known = yield* row(asked.where('folded', '=', fold(name)));
  return known && artifactRow(known);
}

function* list(runner: Runner, run: RunId): Work<readonly ArtifactRow[]> {
  const asked = runner.db.selectFrom('artifact').selectAll().where('run', '=', run).orderBy('id');
  return (yield* rows(asked)).map(artifactRow);
}

function* addPart(
  runner: Runner,
  { run, folder, manifest, files, bytes, project, key }: Parameters<Artifacts['addPart']>[0],
  contents: readonly string[],
): Work<void> {
  const query = runner.db
    .insertInto('container_part')
    .values({ run, folder, folded: fold(folder), manifest, files, bytes, key })
    .onConflict((conflict) => conflict.column('key').doNothing());
  yield* rows(query);
  yield* useContents(runner, { owner: `container:${run}`, project }, contents);
}

function* parts(runner: Runner, run: RunId, folder: string | undefined): Work<readonly ContainerPart[]> {
  const all = runner.db.selectFrom('container_part').selectAll().where('run', '=', run).orderBy('id');
  const known = yield* rows(folder === undefined ? all : all.where('folded', '=', fold(folder)));
  return known.map((part) => ({
    run: part.run,
    folder: part.folder,
    manifest: part.manifest,
    files: part.files,
    bytes: part.bytes,
  }));
}

/** Removes the artifacts of a run, as a part of another piece of work too. */
export function* removeOfRun(runner: Runner, run: RunId): Work<void> {
  const gone = yield* rows(runner.db.deleteFrom('artifact').where('run', '=', run).returning('id'));
  yield* rows(runner.db.deleteFrom('container_part').where('run', '=', run));
  for (const { id } of gone) yield* releaseContents(runner, `artifact:${id}`);
  yield* releaseContents(runner, `container:${run}`);
}

/** Rows of one transaction: a turn that deletes more would keep others waiting. */
const EXPIRED_AT_ONCE = 500;

function* expire(runner: Runner, before: Instant): Work<number> {
  const old = runner.db
    .selectFrom('artifact')
    .innerJoin('run', 'run.id', 'artifact.run')
    .select(['artifact.id', 'artifact.run', 'artifact.type'])
    .where('artifact.created_at', '<', before)
    .where('run.status', '=', 'completed')
    .orderBy('artifact.id')
    .limit(EXPIRED_AT_ONCE);
  const gone = yield* rows(old);
  for (const { id, run, type } of gone) {
    yield* rows(runner.db.deleteFrom('artifact').where('id', '=', id));
    yield* releaseContents(runner, `artifact:${id}`);
    if (type !== 'Container') continue;
    // The folders of a container go together, with the last artifact that shows one of them.
    const left = runner.db.selectFrom('artifact').select('id').where('run', '=', run);
    if ((yield* row(left.where('type', '=', 'Container'))) !== undefined) continue;
    yield* rows(runner.db.deleteFrom('container_part').where('run', '=', run));
    yield* releaseContents(runner, `container:${run}`);
  }
  return gone.length;
}

function artifactRow(from: Selectable<Tables['artifact']>): ArtifactRow {
  const { id, project, run, name, type, data, files, bytes, source } = from;
  const plain = { id, project, run, name, type, data, files, bytes, source };
  return {
    ...plain,
    properties: JSON.parse(from.properties) as ArtifactRow['properties'],
    createdAt: from.created_at,
    ...(from.manifest !== null && { manifest: from.manifest }),
  };
}
