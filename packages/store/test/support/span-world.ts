import type { BundleRow, Mail, Reply } from '@signalbox/engine';
import type { Plan } from '@signalbox/model';
import type { Store } from '@signalbox/store';
import { settle } from './harness.ts';
import { createRunOf, planOf, policy } from './real-engine.ts';

const PROD = { type: 'securefile', id: 'prod' } as const;
const POOL = { kind: 'pool', id: 1 } as const;
const AFTER: Readonly<Record<string, readonly string[]>> = {
  Deploy: [],
  East: ['Deploy'],
  West: ['Deploy'],
  Verify: ['East', 'West'],
};

/** Two stages beside each other between the first and the last; each locks `prod`. */
function plan(): Plan {
  const line = planOf(Object.keys(AFTER));
  return {
    ...line,
    stages: line.stages.map((stage) => ({ ...stage, dependsOn: AFTER[stage.name] ?? [] })),
  };
}

/** Runs that hold `prod` from Deploy through Verify, with one agent, in a store that may be opened again. */
export class SpanWorld {
  store: Store;
  #tells = 0;

  constructor(store: Store) {
    this.store = store;
  }

  /** Makes the lock, the agent and two runs; the first holds the lock through the span. */
  async begin(): Promise<void> {
    await this.store.pools.upsert('Default');
    await this.#tell({
      to: { kind: 'interlocking', id: 1 },
      body: {
        type: 'ConfigureLock',
        resource: PROD,
        name: 'prod',
        policy: policy({ behavior: 'sequential', span: { through: { shop: 'Verify' } } }),
        enabled: true,
        by: 'Ann',
      },
    });
    const agent = { name: 'a', session: 's', version: '1', capabilities: {} };
    await this.#tell({ to: POOL, body: { type: 'AgentConnected', ...agent } });
    const locks = Object.fromEntries(Object.keys(AFTER).map((stage) => [stage, ['prod']]));
    for (let run = 0; run < 2; run += 1)
      await this.#tell({ to: { kind: 'trigger', id: 1 }, body: createRunOf(plan(), locks) });
  }

  /** Ends the stage that runs; says which it was. */
  async finish(): Promise<string | undefined> {
    await settle(this.store);
    await this.#tell({ to: POOL, body: { type: 'AgentPolled', agent: 1, session: 's' } });
    const { items } = await this.store.poolWork.requests(1, { limit: 100 });
    const job = items.find(({ state }) => state.phase === 'assigned');
    if (job?.state.phase !== 'assigned') return undefined;
    const { instance, run: id, state } = job;
    const report = [
      { kind: 'started', at: 0 },
      { kind: 'finished', at: 0, result: 'succeeded' },
    ] as const;
    await this.#tell({
      to: { kind: 'run', id },
      body: { type: 'JobReported', instance, lease: state.lease, report },
    });
    return `${id} ${instance.stage}`;
  }

  /** What a run has or waits for, as the decision about it reads it. */
  async openOf(run: number): Promise<readonly BundleRow[]> {
    const [answer] = await this.store.locks.answer(1, [{ need: 'openOf', run }]);
    return answer?.bundles ?? [];
  }

  async #tell(mail: Mail): Promise<Reply> {
    this.#tells += 1;
    const reply = await this.store.inbox.execute(mail, `span ${process.pid} ${this.#tells}`);
    await settle(this.store);
    return reply;
  }
}
