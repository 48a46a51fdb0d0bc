import type { RetentionChange, WireGeneralSettings, WireProject, WireRetention } from '@signalbox/api';
import type { FreezeCalendar, FreezeRange } from '@signalbox/model';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useAsked, useChange } from './ask.ts';
import { useSession } from './context.tsx';
import { keys } from './queries.ts';

const PROJECT = 'project';
const GENERAL = 'generalSettings';
const RETENTION = 'retention';
const CALENDARS = 'calendars';

/** The project itself. */
export function useProject(): UseQueryResult<WireProject> {
  return useAsked({ name: PROJECT, read: ({ client, project }) => client.getProject(project) });
}

/** What of a project changes. */
export interface ProjectChange {
  readonly name: string;
  readonly description: string;
}

/**
 * Renames or describes the project; under another name its pages have other addresses, and `moved` goes there. The list
 * of projects has the name by then: a page of a project that is in no list says that there is none.
 */
export function useChangeProject(
  moved: (name: string) => void,
): UseMutationResult<void, Error, ProjectChange> {
  const { client, project } = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: ProjectChange) => client.updateProject(project, change),
    onSuccess: async (_, { name }) => {
      queries.setQueryData<readonly WireProject[]>(keys.projects, (known) =>
        known?.map((one) => (one.name === project ? { ...one, name } : one)),
      );
      if (name !== project) moved(name);
      await queries.invalidateQueries({ queryKey: keys.projects });
      await queries.invalidateQueries({ queryKey: [PROJECT] });
    },
  });
}

/** Deletes the project with all that is in it. */
export function useDeleteProject(): UseMutationResult<void, Error, string> {
  const { client } = useSession();
  return useMutation({ mutationFn: (project: string) => client.deleteProject(project) });
}

/** The pipeline settings of the project. */
export function useGeneralSettings(): UseQueryResult<WireGeneralSettings> {
  return useAsked({ name: GENERAL, read: ({ client, project }) => client.getGeneralSettings(project) });
}

/** Changes those that can be changed. */
export function useChangeGeneralSettings(): UseMutationResult<
  WireGeneralSettings,
  Error,
  Partial<WireGeneralSettings>
> {
  return useChange(GENERAL, ({ client, project }, change) => client.updateGeneralSettings(project, change));
}

/** For how long what is kept. */
export function useRetention(): UseQueryResult<WireRetention> {
  return useAsked({ name: RETENTION, read: ({ client, project }) => client.getRetention(project) });
}

/** Changes for how long what is kept. */
export function useChangeRetention(): UseMutationResult<WireRetention, Error, RetentionChange> {
  return useChange(RETENTION, ({ client, project }, change) => client.updateRetention(project, change));
}

/** The calendars of days on which business hours stay closed. */
export function useCalendars(): UseQueryResult<readonly FreezeCalendar[]> {
  return useAsked({
    name: CALENDARS,
    read: async ({ client, project }) => (await client.listCalendars(project)).value,
  });
}

/** Makes a calendar, or replaces its dates. */
export function useSetCalendar(): UseMutationResult<
  FreezeCalendar,
  Error,
  { readonly name: string; readonly dates: readonly FreezeRange[] }
> {
  return useChange(CALENDARS, ({ client, project }, { name, dates }) =>
    client.setCalendar(project, name, dates),
  );
}

/** Removes a calendar that no check names. */
export function useRemoveCalendar(): UseMutationResult<void, Error, string> {
  return useChange(CALENDARS, ({ client, project }, name) => client.removeCalendar(project, name));
}
