import { ROUTES } from '../routes/table.ts';
import type { Paged } from '../wire/common.ts';
import type { WireAgent, WireJobRequest, WirePool } from '../wire/pipelines.ts';
import type { Transport } from './transport.ts';

/** Agent pools and their agents. */
export interface PoolsClient {
  listPools(): Promise<Paged<WirePool>>;
  /** The pool of this name, made if there is none. */
  createPool(name: string): Promise<WirePool>;
  /** How many of its jobs may run at once; `null`: as many as it has agents. */
  limitPool(pool: number, parallelJobs: number | null): Promise<WirePool>;
  /** With its queues; refused while agents, jobs or pipelines use it. */
  deletePool(pool: number): Promise<void>;
  /** With their capabilities and the jobs they have. */
  listAgents(pool: number): Promise<Paged<WireAgent>>;
  enableAgent(pool: number, agent: number, enabled: boolean): Promise<WireAgent>;
  deleteAgent(pool: number, agent: number): Promise<void>;
  /** Replaces what people gave it before. */
  setUserCapabilities(
    pool: number,
    agent: number,
    capabilities: Readonly<Record<string, string>>,
  ): Promise<WireAgent>;
  /** Jobs of the pool that are not over. */
  listJobRequests(pool: number): Promise<Paged<WireJobRequest>>;
}

/** The calls of `PoolsClient`. */
export function poolsClient(transport: Transport): PoolsClient {
  return {
    listPools: () => transport.page(ROUTES.listPools),
    createPool: (name) => transport.json(ROUTES.createPool, { body: { name } }),
    limitPool: (poolId, parallelJobs) =>
      transport.json(ROUTES.updatePool, { path: { poolId }, body: { parallelJobs } }),
    deletePool: (poolId) => transport.json(ROUTES.deletePool, { path: { poolId } }),
    listAgents: (poolId) =>
      transport.page(ROUTES.listAgents, {
        path: { poolId },
        query: { includeCapabilities: true, includeAssignedRequest: true },
      }),
    enableAgent: (poolId, agentId, enabled) =>
      transport.json(ROUTES.updateAgent, { path: { poolId, agentId }, body: { id: agentId, enabled } }),
    deleteAgent: (poolId, agentId) => transport.json(ROUTES.deleteAgent, { path: { poolId, agentId } }),
    setUserCapabilities: (poolId, agentId, capabilities) =>
      transport.json(ROUTES.setUserCapabilities, { path: { poolId, agentId }, body: capabilities }),
    listJobRequests: (poolId) => transport.page(ROUTES.listJobRequests, { path: { poolId } }),
  };
}
