import { poolWait, type JobRequestRow, type PoolMessage } from '@signalbox/engine';
import { PoolStore } from './pool-store.ts';

const POOLS = ['A', 'B'] as const;
type PoolName = (typeof POOLS)[number];

/** Two pools of one server, as the tables of `spec/pools` tell of them. */
export class PoolStory {
  readonly #pools: Readonly<Record<PoolName, PoolStore>>;
  /** Mail of each pool that was delivered. */
  readonly #read: Record<PoolName, number> = { A: 0, B: 0 };
  #now = 0;
  #session = 0;

  constructor(server: number | undefined) {
    const policy = server === undefined ? {} : { parallelJobs: server };
    this.#pools = { A: new PoolStore(policy, 1), B: new PoolStore(policy, 2) };
  }

  /** Carries out a line; the code of the refusal, if it was refused. */
  tell(line: string): string | undefined {
    const [, passed] = /^(\d+) s pass$/.exec(line) ?? [];
    if (passed !== undefined) {
      this.#now += Number(passed) * 1000;
      return undefined;
    }
    const [, named, rest = ''] = /^(?:in (\w): )?(.*)$/.exec(line) ?? [];
    const pool = named === 'B' ? 'B' : 'A';
    let refusal: string | undefined;
    for (const message of this.#messages(pool, rest)) refusal ??= this.#give(pool, message);
    return refusal;
  }

  /** What became of a job: `3`, or `B 3` for that of the pool `B` where both have one. */
  fate(job: string): string {
    const [, named, run = ''] = /^(?:(\w) )?(\d+)$/.exec(job) ?? [];
    const of = (name: PoolName): string | undefined => this.#fateIn(name, Number(run));
    return (named === undefined ? (of('A') ?? of('B')) : of(named as PoolName)) ?? 'unknown';
  }

  #messages(pool: PoolName, line: string): readonly PoolMessage[] {
    const [, about = '', name = '', what = '', , more] =
      /^(agent|job|the limit) (?:(\S+) )?(?:is )?([\w.]+)( (?:with )?(.*))?$/.exec(line) ?? [];
    if (about === 'agent') return this.#agentMessages(pool, name, { what, things: things(more) });
    if (about === 'job') return this.#jobMessages(pool, Number(name), { what, things: things(more) });
    if (about !== 'the limit') throw new Error(`no such line: ${line}`);
    return [{ type: 'PoolLimitSet', ...(what !== 'none' && { parallelJobs: Number(what) }) }];
  }

  #agentMessages(pool: PoolName, name: string, { what, things }: Said): readonly PoolMessage[] {
    const rows = [...this.#pools[pool].agents.values()];
    const known = rows.find((row) => row.name === name);
    const agent = known?.id ?? this.#pools[pool].header.lastAgent + 1;
    const session = known?.session?.id ?? `s${(this.#session += 1)}`;
    const polls = { type: 'AgentPolled', agent, session } as const;
    switch (what) {
      case 'connects':
        return [{ type: 'AgentConnected', name, version: '1', session, capabilities: things }, polls];
      case 'polls':
        return [polls];
      case 'leaves':
        return [{ type: 'AgentLeft', agent, session }];
      case 'removed':
        return [{ type: 'AgentDeleted', agent }];
      case 'given':
        return [{ type: 'AgentCapabilitiesSet', agent, capabilities: things }];
      case 'enabled':
      case 'disabled':
        return [{ type: 'AgentEnabled', agent, enabled: what === 'enabled' }];
      default:
        throw new Error(`an agent does not ${what}`);
    }
  }

  #jobMessages(pool: PoolName, run: number, { what, things }: Said): readonly PoolMessage[] {
    const instance = { stage: 'S', stageAttempt: 1, job: 'J', jobAttempt: 1 };
    if (what === 'ready') {
      const demands = Object.entries(things).map(([capability, equals]) =>
        equals === '' ? { capability } : { capability, equals },
      );
      return [{ type: 'JobReady', run, instance, demands, readyAt: this.#now, cancelTimeoutMs: 60_000 }];
    }
    if (what === 'withdrawn') return [{ type: 'JobWithdrawn', run, instance }];
    const request = this.#request(pool, run);
    if (what !== 'over' || request?.state.phase !== 'assigned')
      throw new Error(`job ${run} cannot be ${what}`);
    const { agent, lease } = request.state;
    const session = this.#pools[pool].agents.get(agent)?.session?.id ?? '';
    const polls = { type: 'AgentPolled', agent, session } as const;
    return [{ type: 'JobOver', run, instance, lease }, polls];
  }

  #give(name: PoolName, message: PoolMessage): string | undefined {
    const pool = this.#pools[name];
    pool.now = this.#now;
    pool.others = POOLS.filter((other) => other !== name).map((other) => ({
      pool: POOLS.indexOf(other) + 1,
      agents: [...this.#pools[other].agents.values()],
      waiting: this.#pools[other].waiting(),
    }));
    const { reply } = pool.tell(message);
    this.#deliver(name);
    return reply?.ok === false ? reply.refusal.code : undefined;
  }

  /** What a pool wrote to another one; timers wait for ever. */
  #deliver(from: PoolName): void {
    const { mail } = this.#pools[from];
    const fresh = mail.slice(this.#read[from]);
    this.#read[from] = mail.length;
    for (const { to, body, due } of fresh) {
      const other = POOLS[to.id - 1];
      if (to.kind === 'pool' && due === undefined && other !== undefined) {
        this.#give(other, body as PoolMessage);
      }
    }
  }

  #request(pool: PoolName, run: number): JobRequestRow | undefined {
    return [...this.#pools[pool].requests.values()].find((row) => row.run === run);
  }

  #fateIn(name: PoolName, run: number): string | undefined {
    const pool = this.#pools[name];
    const unserved = pool.mail.find(
      ({ to, body }) => to.kind === 'run' && to.id === run && body.type === 'JobUnserved',
    );
    if (unserved?.body.type === 'JobUnserved') return `refused: ${unserved.body.message}`;
    const request = this.#request(name, run);
    if (request?.state.phase === 'waiting') return this.#waitOf(pool, request);
    if (request?.state.phase !== 'assigned') return request && 'over';
    return pool.agents.get(request.state.agent)?.name;
  }

  #waitOf(pool: PoolStore, request: JobRequestRow): string {
    const { parallelJobs } = pool.header;
    const picture = {
      agents: [...pool.agents.values()],
      requests: [...pool.requests.values()],
      ...(parallelJobs !== undefined && { parallelJobs }),
    };
    const wait = poolWait(picture, request, { now: this.#now, policy: pool.policy });
    if (wait === undefined) return 'does not wait';
    const since = (at: number | undefined): string =>
      at === undefined || at === this.#now ? '' : ` for ${(this.#now - at) / 1000} s`;
    const limit = wait.limit === undefined ? '' : ` ${wait.limit}`;
    const agents = wait.agents.map((agent) => `${agent.name} ${agent.state}${since(agent.since)}`);
    return `waits: ${[`${wait.reason}${limit}${since(wait.since)}`, ...agents].join(', ')}`;
  }
}

interface Said {
  readonly what: string;
  readonly things: Readonly<Record<string, string>>;
}

/** `pwsh, os=Linux, os -equals Linux` as names and values. */
function things(text = ''): Readonly<Record<string, string>> {
  if (text === '' || text === 'nothing') return {};
  return Object.fromEntries(
    text.split(', ').map((one) => {
      const [name = '', value = ''] = one.split(/ -equals |=/);
      return [name, value];
    }),
  );
}
