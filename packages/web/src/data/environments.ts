import type {
  NewCheck,
  RoleAssignment,
  WireCheck,
  WireDeploymentRecord,
  WireEnvironment,
  WireMachine,
} from '@signalbox/api';
import type { UseInfiniteQueryResult, UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SentSettings } from '../view-models/environment/check-form.ts';
import { useSession } from './context.tsx';

/** Deployments that the page of an environment reads at a time. */
const DEPLOYMENTS = 200;

/** The environments of the project. */
export function useEnvironments(): UseQueryResult<readonly WireEnvironment[]> {
  const { client, project } = useSession();
  return useQuery({
    queryKey: ['environments', project],
    queryFn: async () => (await client.listEnvironments(project)).items,
    staleTime: 0,
  });
}

/** Makes an environment. */
export function useCreateEnvironment(): UseMutationResult<
  WireEnvironment,
  Error,
  { readonly name: string; readonly description: string }
> {
  const { client, project } = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (environment) => client.createEnvironment(project, environment),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['environments', project] }),
  });
}

/** The latest deployments to an environment, newest first; `fetchNextPage` reads older ones. */
export function useDeployments(environment: number): UseInfiniteQueryResult<readonly WireDeploymentRecord[]> {
  const { client, project } = useSession();
  return useInfiniteQuery({
    queryKey: ['deployments', project, environment],
    queryFn: ({ pageParam: after }) =>
      client.listDeployments(project, environment, {
        top: DEPLOYMENTS,
        ...(after !== undefined && { after }),
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    staleTime: 0,
    refetchInterval: 20_000,
  });
}

/** The machines of an environment. */
export function useMachines(environment: number): UseQueryResult<readonly WireMachine[]> {
  const { client, project } = useSession();
  return useQuery({
    queryKey: ['machines', project, environment],
    queryFn: async () => (await client.listMachines(project, environment)).items,
    staleTime: 0,
  });
}

/** The checks of an environment, with their settings. */
export function useChecks(environment: number): UseQueryResult<readonly WireCheck[]> {
  const { client, project } = useSession();
  return useQuery({
    queryKey: ['checks', project, environment],
    queryFn: async () => (await client.listChecks(project, environment)).items,
    staleTime: 0,
  });
}

/** What is done with a check of an environment. */
export type CheckOrder =
  | { readonly act: 'add'; readonly check: NewCheck }
  | {
      readonly act: 'change';
      readonly check: WireCheck;
      readonly settings: SentSettings;
      readonly timeout: number;
    }
  | { readonly act: 'switch'; readonly check: WireCheck }
  | { readonly act: 'remove'; readonly check: WireCheck };

/** Adds, changes, switches or removes a check; done or refused, the checks are read again. */
export function useOrderCheck(environment: number): UseMutationResult<unknown, Error, CheckOrder> {
  const { client, project } = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (order: CheckOrder): Promise<unknown> => {
      switch (order.act) {
        case 'add':
          return client.addCheck(project, order.check);
        case 'change': {
          const { check, settings, timeout } = order;
          return client.updateCheck(project, check.id, { version: check.version, settings, timeout });
        }
        case 'switch': {
          const { id, version, isDisabled } = order.check;
          return client.updateCheck(project, id, { version, isDisabled: !isDisabled });
        }
        case 'remove':
          return client.deleteCheck(project, order.check.id);
      }
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['checks', project, environment] }),
  });
}

/** The roles that people have on an environment. */
export function useRoles(environment: number): UseQueryResult<readonly RoleAssignment[]> {
  const { client, project } = useSession();
  return useQuery({
    queryKey: ['roles', project, environment],
    queryFn: async () => (await client.getRoles(project, environment)).value,
    staleTime: 0,
  });
}

/** Gives people other roles on an environment. */
export function useSetRoles(
  environment: number,
): UseMutationResult<unknown, Error, readonly RoleAssignment[]> {
  const { client, project } = useSession();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (roles: readonly RoleAssignment[]) => client.setRoles(project, environment, roles),
    onSettled: () => queries.invalidateQueries({ queryKey: ['roles', project, environment] }),
  });
}
