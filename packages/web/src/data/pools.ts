import type { WireAgent, WirePool } from '@signalbox/api';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import type { PoolPicture } from '../view-models/manage/pool.ts';
import { useAsked, useChange } from './ask.ts';
import type { Session } from './context.tsx';

const NAME = 'pools';
const EVERY_MS = 5000;
/** Of more pools than this only the first are looked into. */
const LOOKED_INTO = 20;

/** The pools, the first of them with their agents and jobs. */
export function usePools(): UseQueryResult<readonly (Partial<PoolPicture> & { readonly pool: WirePool })[]> {
  return useAsked({
    name: NAME,
    every: EVERY_MS,
    read: async (session) => {
      const pools = (await session.client.listPools()).items;
      const looked = await Promise.all(pools.slice(0, LOOKED_INTO).map((pool) => picture(session, pool)));
      return [...looked, ...pools.slice(LOOKED_INTO).map((pool) => ({ pool }))];
    },
  });
}

/** One pool with its agents and its jobs; `null`: there is none. */
export function usePool(id: number): UseQueryResult<PoolPicture | null> {
  return useAsked({
    name: NAME,
    of: [id],
    every: EVERY_MS,
    read: async (session) => {
      const pool = (await session.client.listPools()).items.find((one) => one.id === id);
      return pool === undefined ? null : picture(session, pool);
    },
  });
}

async function picture({ client }: Session, pool: WirePool): Promise<PoolPicture> {
  const [agents, jobs] = await Promise.all([client.listAgents(pool.id), client.listJobRequests(pool.id)]);
  return { pool, agents: agents.items, jobs: jobs.items.filter(({ state }) => state !== 'finished') };
}

/** Makes a pool. */
export function useCreatePool(): UseMutationResult<WirePool, Error, string> {
  return useChange(NAME, ({ client }, name) => client.createPool(name));
}

/** Deletes a pool that nothing uses any more. */
export function useDeletePool(): UseMutationResult<void, Error, number> {
  return useChange(NAME, ({ client }, pool) => client.deletePool(pool));
}

/** Lets an agent take jobs, or not. */
export function useEnableAgent(
  pool: number,
): UseMutationResult<WireAgent, Error, { readonly agent: number; readonly enabled: boolean }> {
  return useChange(NAME, ({ client }, { agent, enabled }) => client.enableAgent(pool, agent, enabled));
}

/** Forgets an agent that has no job. */
export function useRemoveAgent(pool: number): UseMutationResult<void, Error, number> {
  return useChange(NAME, ({ client }, agent) => client.deleteAgent(pool, agent));
}

/** Replaces what people gave an agent. */
export function useGiveCapabilities(
  pool: number,
  agent: number,
): UseMutationResult<WireAgent, Error, Readonly<Record<string, string>>> {
  return useChange(NAME, ({ client }, given) => client.setUserCapabilities(pool, agent, given));
}

/** How many jobs of a pool may run at once. */
export function useLimitPool(pool: number): UseMutationResult<WirePool, Error, number | null> {
  return useChange(NAME, ({ client }, limit) => client.limitPool(pool, limit));
}
