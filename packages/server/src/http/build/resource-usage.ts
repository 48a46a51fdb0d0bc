import type { WireResourceUsage } from '@signalbox/api';
import type { Ask, Handlers } from '../ask.ts';

/** How much of the server's means is in use (REST.md §1.3). */
export const buildUsageHandlers: Handlers<'buildResourceUsage'> = {
  buildResourceUsage: async (ask) => usage(ask),
};

/** Agents are not sold here: as many slots as agents. */
async function usage({ app }: Ask): Promise<WireResourceUsage> {
  let [agents, busy] = [0, 0];
  for (const { id } of await app.store.pools.list()) {
    const all = await app.store.poolWork.agents(id);
    agents += all.length;
    const { items } = await app.store.poolWork.requests(id, { limit: 1000 });
    busy += items.filter((one) => one.state.phase !== 'waiting').length;
  }
  return {
    distributedTaskAgents: agents,
    paidPrivateAgentSlots: agents,
    totalUsage: busy,
    xamlControllers: 0,
  };
}
