import { ROUTES } from '../routes/table.ts';
import type { Paged } from '../wire/common.ts';
import type { WireAgent, WirePool } from '../wire/pipelines.ts';
import type { Transport } from './transport.ts';

/** Agent pools and their agents. */
export interface PoolsClient {
  listPools(): Promise<Paged<WirePool>>;
  /** The pool of this name, made if there is none. */
  createPool(name: string): Promise<WirePool>;
  listAgents(pool: number): Promise<Paged<WireAgent>>;
  enableAgent(pool: number, agent: number, enabled: boolean): Promise<WireAgent>;
  deleteAgent(pool: number, agent: number): Promise<void>;
}

/** The calls of `PoolsClient`. */
export function poolsClient(transport: Transport): PoolsClient {
  return {
    listPools: () => transport.page(ROUTES.listPools),
    createPool: (name) => transport.json(ROUTES.createPool, { body: { name } }),
    listAgents: (poolId) =>
      transport.page(ROUTES.listAgents, {
        path: { poolId },
        query: { includeCapabilities: true, includeAssignedRequest: true },
      }),
    enableAgent: (poolId, agentId, enabled) =>
      transport.json(ROUTES.updateAgent, { path: { poolId, agentId }, body: { id: agentId, enabled } }),
    deleteAgent: (poolId, agentId) => transport.json(ROUTES.deleteAgent, { path: { poolId, agentId } }),
  };
}
