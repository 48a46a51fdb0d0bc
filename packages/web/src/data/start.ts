import type { FilePreview, LockPatch, LockView, RepositoryLook, WireProject } from '@signalbox/api';
import { ApiError } from '@signalbox/api';
import type { Client } from '@signalbox/api';
import type { UseMutationResult } from '@tanstack/react-query';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Session } from './context.tsx';
import { useSession } from './context.tsx';
import { keys } from './queries.ts';

/** Reads which YAML files a repository has. */
export function useLook(): UseMutationResult<
  RepositoryLook,
  Error,
  { readonly url: string; readonly branch: string }
> {
  const { client, project } = useSession();
  return useMutation({
    mutationFn: ({ url, branch }) =>
      client.lookIntoRepository(project, { url, ...(branch !== '' && { branch }) }),
  });
}

/** A file to look at. */
export interface FileToSee {
  readonly url: string;
  readonly branch: string;
  readonly path: string;
}

/** Reads what a pipeline of a file would be. */
export function usePreview(): UseMutationResult<FilePreview, Error, FileToSee> {
  const { client, project } = useSession();
  return useMutation({ mutationFn: (file) => client.previewFile(project, file) });
}

/** A pipeline to make. */
export interface PipelineToMake extends FileToSee {
  readonly name: string;
  /** The environments that get a lock, where they have none. */
  readonly environments: readonly string[];
  /** Absent: none gets one. */
  readonly policy: LockPatch | undefined;
  /** The pipeline that an earlier try made, so that it is not made twice. */
  readonly made: number | undefined;
  readonly onMade: (pipeline: number) => void;
}

/** What came of it: the pipeline, and its first run unless it has to be asked for more. */
export interface FirstRun {
  readonly pipeline: number;
  readonly run?: number;
}

/** Makes a pipeline with its locks, and queues the first run of it. */
export function useMakePipeline(): UseMutationResult<FirstRun, Error, PipelineToMake> {
  const session = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (order) => {
      const pipeline = order.made ?? (await makePipeline(session, order));
      order.onMade(pipeline);
      for (const name of order.policy === undefined ? [] : order.environments) {
        await lockUnlessThere(session, name, order.policy ?? {});
      }
      return firstRun(session, pipeline);
    },
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: keys.definitions(session.project) }),
        queries.invalidateQueries({ queryKey: keys.locks(session.project) }),
      ]),
  });
}

async function makePipeline({ client, project }: Session, order: PipelineToMake): Promise<number> {
  const { name, path, url, branch } = order;
  const repository = { url, type: 'Git', ...(branch !== '' && { defaultBranch: branch }) };
  return (await client.createDefinition(project, { name, yamlFilename: path, repository })).id;
}

/** An environment that has a lock keeps it as it is. */
async function lockUnlessThere(
  { client, project }: Session,
  name: string,
  policy: LockPatch,
): Promise<LockView | undefined> {
  return client
    .createLock(project, { resource: { type: 'environment', name }, ...policy })
    .catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 409) return undefined;
      throw error;
    });
}

/** A file whose parameters need values is asked for on the page that queues runs. */
async function firstRun({ client, project }: Session, pipeline: number): Promise<FirstRun> {
  const form = await client.getQueueForm(project, pipeline);
  if (form.parameters.some(({ required }) => required)) return { pipeline };
  return { pipeline, run: (await client.runPipeline(project, pipeline)).id };
}

/** Makes a project; the list of projects is read again. */
export function useMakeProject(client: Client): UseMutationResult<WireProject, Error, string> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (name) => client.createProject({ name }),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.projects }),
  });
}
