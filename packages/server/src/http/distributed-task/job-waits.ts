import { poolWait, waitText, type JobRequestRow, type PoolPicture } from '@signalbox/engine';
import type { PoolId } from '@signalbox/model';
import type { Ask } from '../ask.ts';

/** Requests of a pool that are looked at: beyond them a place in the line is a lower bound. */
const LOOKED_AT = 500;

/** Says of waiting jobs of a pool what they wait for; the pool is read once, whoever asks how often. */
export class JobWaits {
  readonly #ask: Ask;
  readonly #pools: Map<PoolId, Promise<PoolPicture>> = new Map();

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /** One sentence (JOB-4, AGENT-6); undefined when the job does not wait for an agent. */
  async textOf(pool: PoolId, request: JobRequestRow): Promise<string | undefined> {
    if (request.state.phase !== 'waiting') return undefined;
    const picture = this.#pools.get(pool) ?? this.#read(pool);
    this.#pools.set(pool, picture);
    const known = await picture;
    const { now, app } = this.#ask;
    const wait = poolWait(known, request, { now, policy: app.poolPolicy });
    return wait && waitText(wait, known.requests);
  }

  async #read(pool: PoolId): Promise<PoolPicture> {
    const { store } = this.#ask.app;
    const [agents, { items }, [header]] = await Promise.all([
      store.poolWork.agents(pool),
      store.poolWork.requests(pool, { limit: LOOKED_AT }),
      store.poolWork.answer(pool, [{ need: 'header' }]),
    ]);
    const parallelJobs = header?.header?.parallelJobs;
    return { agents, requests: items, ...(parallelJobs !== undefined && { parallelJobs }) };
  }
}
