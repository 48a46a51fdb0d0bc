import type { ArtifactSource, FindArtifactsResponse, FoundArtifact } from '@signalbox/api';
import type { RunState } from '@signalbox/engine';
import { fold } from '@signalbox/model';
import type { ArtifactRow, Store } from '@signalbox/store';
import { sourceRun } from './source-run.ts';

/** The artifacts that a job asked for, or why there are none. */
export type ArtifactsFound =
  | { readonly kind: 'found'; readonly artifacts: FindArtifactsResponse }
  | {
      readonly kind: 'none';
      readonly code: 'run-not-found' | 'artifact-not-found';
      readonly message: string;
    };

/** Finds the artifacts of a run that a job of another run, or of the same, downloads (ART-3, ART-4). */
export async function findArtifacts(
  store: Store,
  asking: RunState,
  { source, name }: { readonly source: ArtifactSource; readonly name?: string },
): Promise<ArtifactsFound> {
  const run = await sourceRun(store, asking, source);
  if ('problem' in run) return { kind: 'none', code: 'run-not-found', message: run.problem };
  const all = await store.artifacts.list(run.id);
  const wanted = name === undefined ? all : all.filter((row) => fold(row.name) === fold(name));
  if (name !== undefined && wanted.length === 0) {
    const message = `Artifact ${name} was not found for build ${run.id}.`;
    return { kind: 'none', code: 'artifact-not-found', message };
  }
  const artifacts: FoundArtifact[] = [];
  for (const row of wanted) {
    const found = await withFiles(store, row);
    if (found !== undefined) artifacts.push(found);
  }
  return { kind: 'found', artifacts: { run: run.id, artifacts } };
}

/** The manifests of an artifact, in the order in which they count; undefined for one that has no files with us. */
export async function withFiles(store: Store, row: ArtifactRow): Promise<FoundArtifact | undefined> {
  const { id, name, type, manifest, run } = row;
  if (type === 'PipelineArtifact' && manifest !== undefined) {
    return { name, type, owner: `artifact:${id}`, manifests: [manifest] };
  }
  const folder = type === 'Container' ? containerFolder(row) : undefined;
  if (folder === undefined) return undefined;
  const parts = await store.artifacts.parts(run, folder);
  const manifests = parts.map((part) => part.manifest);
  return { name, type: 'Container', owner: `container:${run}`, manifests };
}

/** The folder of the run's container that a build artifact is: `#/<container>/<folder>`. */
function containerFolder({ data, run }: Pick<ArtifactRow, 'data' | 'run'>): string | undefined {
  const [, container, folder] = /^#\/(\d+)\/(.+)$/.exec(data) ?? [];
  return Number(container) === run ? folder : undefined;
}
