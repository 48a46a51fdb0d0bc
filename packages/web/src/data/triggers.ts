import type { OccasionView, PushHookView, TriggerChange, TriggerView } from '@signalbox/api';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { useAsked, useChange } from './ask.ts';

const NAME = 'triggers';
const HOOKS = 'pushHooks';
const EVERY_MS = 5000;

/** What starts the pipelines of the project by itself. */
export function useTriggers(): UseQueryResult<readonly TriggerView[]> {
  return useAsked({
    name: NAME,
    every: EVERY_MS,
    read: async ({ client, project }) => (await client.listTriggers(project)).items,
  });
}

/** What a pipeline heard of, newest first. */
export function useOccasions(definition: number): UseQueryResult<readonly OccasionView[]> {
  return useAsked({
    name: NAME,
    of: [definition],
    every: EVERY_MS,
    read: async ({ client, project }) => (await client.listOccasions(project, definition)).items,
  });
}

/** Looks at the repository of a pipeline now. */
export function useLook(): UseMutationResult<TriggerView, Error, number> {
  return useChange(NAME, ({ client, project }, definition) => client.lookAtRepository(project, definition));
}

/** Changes the triggers of a pipeline. */
export function useChangeTrigger(definition: number): UseMutationResult<TriggerView, Error, TriggerChange> {
  return useChange(NAME, ({ client, project }, change) => client.updateTrigger(project, definition, change));
}

/** The addresses that servers of repositories call. */
export function usePushHooks(): UseQueryResult<readonly PushHookView[]> {
  return useAsked({
    name: HOOKS,
    read: async ({ client, project }) => (await client.listPushHooks(project)).items,
  });
}

/** Makes an address for the repository of a pipeline; the answer alone has its secret. */
export function useAddPushHook(): UseMutationResult<PushHookView, Error, number> {
  return useChange(HOOKS, ({ client, project }, definition) => client.addPushHook(project, definition));
}

/** Ends such an address. */
export function useRemovePushHook(): UseMutationResult<void, Error, string> {
  return useChange(HOOKS, ({ client, project }, id) => client.removePushHook(project, id));
}
