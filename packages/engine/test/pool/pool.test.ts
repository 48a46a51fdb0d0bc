import type { InstanceKey, Mail, PoolMessage, ReplyValue } from '@signalbox/engine';
import { describe, expect, it } from 'vitest';
import { PoolStore } from './pool-store.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

function instance(job: string): InstanceKey {
  return { stage: 'A', stageAttempt: 1, job, jobAttempt: 1 };
}

function ready(run: number, job: string, demands: readonly string[] = [], readyAt = 0): PoolMessage {
  return {
    type: 'JobReady',
    run,
    instance: instance(job),
    demands: demands.map((text) => {
      const [capability = '', equals] = text.split('=');
      return equals === undefined ? { capability } : { capability, equals };
    }),
    readyAt,
    cancelTimeoutMs: 5 * MINUTE,
  };
}

function connect(
  pool: PoolStore,
  name: string,
  capabilities: Readonly<Record<string, string>> = {},
  session = 's1',
): number {
  const { reply } = pool.tell({ type: 'AgentConnected', name, version: '1', session, capabilities });
  const value = reply?.ok === true ? (reply.value as { readonly agent: number }) : undefined;
  return value?.agent ?? 0;
}

/** What the agent is told: the job's name, `nothing`, or the code of a refusal. */
function poll(pool: PoolStore, agent: number, session = 's1'): string {
  const { reply } = pool.tell({ type: 'AgentPolled', agent, session });
  if (reply?.ok !== true) return reply?.refusal.code ?? 'no reply';
  const { job } = reply.value as {
    readonly job: { readonly run: number; readonly instance: { job: string } } | null;
  };
  return job === null ? 'nothing' : `${job.run} ${job.instance.job}`;
}

function mailTo(pool: PoolStore, kind: Mail['to']['kind']): readonly unknown[] {
  return pool.mail.filter(({ to }) => to.kind === kind).map(({ body }) => body);
}

function renew(pool: PoolStore, lease: number): ReplyValue | string {
  const { reply } = pool.tell({ type: 'LeaseRenewed', request: 1, lease });
  return reply?.ok === true ? reply.value : (reply?.refusal.code ?? 'no reply');
}

function phase(pool: PoolStore, request = 1): string | undefined {
  return pool.requests.get(request)?.state.phase;
}

describe('matching', () => {
  it('gives each agent the oldest request that it can serve (AGENT-5, GAP-42)', () => {
    const pool = new PoolStore();
    const plain = connect(pool, 'plain');
    const tools = connect(pool, 'tools', { Terraform: '/bin/terraform', os: 'Linux' });
    pool.tell(ready(9, 'late', [], 30));
    pool.tell(ready(3, 'tf', ['terraform'], 20));
    pool.tell(ready(2, 'first', [], 10));
    pool.tell(ready(1, 'tie', [], 20));
    expect(poll(pool, plain)).toBe('2 first');
    expect(poll(pool, tools)).toBe('1 tie');
    expect(pool.tell({ type: 'JobOver', run: 1, instance: instance('tie'), lease: 2 }).events).toHaveLength(
      1,
    );
    expect(poll(pool, tools)).toBe('3 tf');
    expect(poll(pool, plain)).toBe('2 first');
  });

  it('gives a job at once to an agent that waits', () => {
    const pool = new PoolStore();
    const agent = connect(pool, 'a');
    expect(poll(pool, agent)).toBe('nothing');
    pool.tell(ready(1, 'j'));
    expect(mailTo(pool, 'run')).toEqual([
      { type: 'JobAssigned', instance: instance('j'), request: 1, lease: 1, agent, agentName: 'a' },
    ]);
    expect(poll(pool, agent)).toBe('1 j');
  });

  it.each([
    [['terraform'], true],
    [['TERRAFORM'], true],
    [['os=linux'], true],
    [['os=Windows'], false],
    [['os', 'terraform'], true],
    [['os', 'docker'], false],
    [['constructor'], false],
    [['__proto__'], false],
  ])('demands %j: %s (AGENT-4, POOL-3)', (demands, served) => {
    const pool = new PoolStore();
    const agent = connect(pool, 'a', { Terraform: '1.9', OS: 'Linux' });
    pool.tell(ready(1, 'j', demands));
    expect(poll(pool, agent)).toBe(served ? '1 j' : 'nothing');
  });

  it('does not count on an agent that has gone silent, nor on a disabled one (AGENT-2)', () => {
    const pool = new PoolStore();
    const silent = connect(pool, 'silent');
    const disabled = connect(pool, 'disabled');
    poll(pool, silent);
    poll(pool, disabled);
    pool.tell({ type: 'AgentEnabled', agent: disabled, enabled: false });
    pool.now = 2 * MINUTE;
    pool.tell(ready(1, 'j'));
    expect(phase(pool)).toBe('waiting');
    expect(poll(pool, disabled)).toBe('nothing');
    pool.tell({ type: 'AgentEnabled', agent: disabled, enabled: true });
    expect(phase(pool)).toBe('assigned');
  });

  it('looks deeper into the queue when its front is used up', () => {
    const pool = new PoolStore();
    const agents = Array.from({ length: 40 }, (_, index) => connect(pool, `a${index}`));
    for (let run = 1; run <= 40; run++) pool.tell(ready(run, 'j', [], run));
    const polls = agents.map((agent): PoolMessage => ({ type: 'AgentPolled', agent, session: 's1' }));
    pool.batch([...polls, ready(50, 'j', [], 0)]);
    expect(
      [...pool.requests.values()].map(({ state }) => ('agent' in state ? state.agent : undefined)),
    ).toEqual([...agents, undefined]);
    expect(pool.fronts).toBe(5);
  });
});

describe('a job that nobody can serve (JOB-4, AGENT-5)', () => {
  it.each([
    [
      'nobody has it',
      { a: { bash: '1' }, b: {} },
      true,
      'no agent has `pwsh`; nearest: agent a lacks `pwsh`.',
    ],
    ['the only one is disabled', { a: { pwsh: '7', bash: '1' } }, false, 'none of its agents is enabled.'],
    [
      'each has a part',
      { a: { pwsh: '7' }, b: { bash: '1' } },
      true,
      'no agent has all of `pwsh`, `bash`; nearest: agent a lacks `bash`.',
    ],
  ] as const)('%s', (_, agents, enabled, message) => {
    const pool = new PoolStore();
    for (const [name, capabilities] of Object.entries(agents)) {
      const agent = connect(pool, name, capabilities);
      if (!enabled) pool.tell({ type: 'AgentEnabled', agent, enabled });
    }
    const { events } = pool.tell(ready(1, 'j', ['pwsh', 'bash']));
    expect(events).toEqual([]);
    expect(mailTo(pool, 'run')).toEqual([{ type: 'JobUnserved', instance: instance('j'), message }]);
  });

  it('has no agent left to wait for once the last one was removed', () => {
    const pool = new PoolStore();
    pool.tell({ type: 'AgentDeleted', agent: connect(pool, 'a') });
    pool.tell(ready(1, 'j'));
    const message = 'it has no agent.';
    expect(mailTo(pool, 'run')).toEqual([{ type: 'JobUnserved', instance: instance('j'), message }]);
  });

  it('waits in a pool that never had an agent, and is told when the first one cannot serve it', () => {
    const pool = new PoolStore();
    pool.tell(ready(1, 'plain'));
    pool.tell(ready(2, 'special', ['pwsh']));
    expect(pool.waiting().map(({ run }) => run)).toEqual([1, 2]);
    const agent = connect(pool, 'a', { bash: '1' });
    const message = 'no agent has `pwsh`; nearest: agent a lacks `pwsh`.';
    expect(mailTo(pool, 'run')).toEqual([{ type: 'JobUnserved', instance: instance('special'), message }]);
    expect(poll(pool, agent)).toBe('1 plain');
  });

  it('waits for an agent that is offline', () => {
    const pool = new PoolStore();
    const agent = connect(pool, 'a', { pwsh: '7' });
    pool.tell({ type: 'AgentLeft', agent, session: 's1' });
    pool.now = 24 * 60 * MINUTE;
    pool.tell(ready(1, 'j', ['pwsh']));
    expect(phase(pool)).toBe('waiting');
    expect(connect(pool, 'A', { pwsh: '7' }, 's2')).toBe(agent);
    expect(poll(pool, agent, 's2')).toBe('1 j');
  });

  it('names the demanded value', () => {
    const pool = new PoolStore();
    connect(pool, 'a', { os: 'Linux' });
    pool.tell(ready(1, 'j', ['os=Windows']));
    const message = 'no agent has `os -equals Windows`; nearest: agent a lacks `os -equals Windows`.';
    expect(mailTo(pool, 'run')).toEqual([{ type: 'JobUnserved', instance: instance('j'), message }]);
  });

  it('is told so when the last agent for it is removed', () => {
    const pool = new PoolStore();
    const gone = connect(pool, 'a', { pwsh: '7' });
    connect(pool, 'b');
    for (let run = 1; run <= 20; run++) pool.tell(ready(run, 'j', ['pwsh'], run));
    pool.tell(ready(30, 'other'));
    pool.tell({ type: 'AgentDeleted', agent: gone });
    const unserved = mailTo(pool, 'run').filter((body) => (body as { type: string }).type === 'JobUnserved');
    expect(unserved).toHaveLength(20);
    expect(pool.waiting().map(({ run }) => run)).toEqual([30]);
  });
});

describe('leases', () => {
  function assigned(more: { readonly protected?: true } = {}): {
    readonly pool: PoolStore;
    readonly agent: number;
  } {
    const pool = new PoolStore();
    const agent = connect(pool, 'a');
    pool.tell({ ...ready(1, 'j'), ...more } as PoolMessage);
    poll(pool, agent);
    return { pool, agent };
  }

  it('goes on while the agent renews it (AGENT-8)', () => {
    const { pool } = assigned();
    pool.now = 15 * SECOND;
    expect(renew(pool, 1)).toEqual({ leaseUntil: 15 * SECOND + 5 * MINUTE });
    pool.now = 5 * MINUTE;
    pool.tell({ type: 'LeaseDue', request: 1, lease: 1 });
    expect(phase(pool)).toBe('assigned');
    expect(pool.mail.at(-1)).toEqual({
      to: { kind: 'pool', id: 1 },
      body: { type: 'LeaseDue', request: 1, lease: 1 },
      due: 15 * SECOND + 5 * MINUTE,
    });
    expect(renew(pool, 2)).toBe('lease-refused');
  });

  it('does not write a line for every question', () => {
    const { pool } = assigned();
    pool.now = 4 * SECOND;
    expect(pool.tell({ type: 'LeaseRenewed', request: 1, lease: 1 }).events).toEqual([]);
    expect(renew(pool, 1)).toEqual({ leaseUntil: 5 * MINUTE });
  });

  it('a lost one is in quarantine until no process can act any more (AGENT-8, LAW-8, LAW-10, INV-52, R17)', () => {
    const { pool, agent } = assigned();
    pool.now = 5 * MINUTE;
    pool.tell({ type: 'LeaseDue', request: 1, lease: 1 });
    const until = 10 * MINUTE + 30 * SECOND;
    expect(pool.requests.get(1)?.state).toEqual({
      phase: 'quarantined',
      agent,
      lease: 1,
      assignedAt: 0,
      until,
    });
    expect(mailTo(pool, 'run').at(-1)).toEqual({
      type: 'LeaseLost',
      instance: instance('j'),
      lease: 1,
      until,
    });
    expect(poll(pool, agent)).toBe('nothing');
    pool.now = 7 * MINUTE;
    expect(renew(pool, 1)).toEqual({ leaseUntil: 10 * MINUTE, cancel: { budgetMs: 3 * MINUTE } });
    pool.now = until - 1;
    pool.tell({ type: 'QuarantineOver', request: 1, lease: 1 });
    expect(phase(pool)).toBe('quarantined');
    pool.now = until;
    pool.tell({ type: 'QuarantineOver', request: 1, lease: 1 });
    expect(phase(pool)).toBe('finished');
    expect(mailTo(pool, 'run').at(-1)).toEqual({
      type: 'LeaseClosed',
      instance: instance('j'),
      lease: 1,
      lost: true,
    });
    expect(renew(pool, 1)).toBe('lease-refused');
    pool.tell(ready(2, 'k'));
    expect(poll(pool, agent)).toBe('2 k');
  });

  it('of a protected job has no end but its agent or a person (Q6, RELIABILITY §5.4)', () => {
    const { pool, agent } = assigned({ protected: true });
    pool.now = 5 * MINUTE;
    pool.tell({ type: 'LeaseDue', request: 1, lease: 1 });
    expect(pool.requests.get(1)?.state).toEqual({ phase: 'quarantined', agent, lease: 1, assignedAt: 0 });
    expect(mailTo(pool, 'run').at(-1)).toEqual({ type: 'LeaseLost', instance: instance('j'), lease: 1 });
    expect(pool.mail.filter(({ body }) => body.type === 'QuarantineOver')).toEqual([]);
    pool.now = 600 * MINUTE;
    pool.tell({ type: 'QuarantineOver', request: 1, lease: 1 });
    expect(phase(pool)).toBe('quarantined');
    expect(renew(pool, 1)).toEqual({ leaseUntil: 605 * MINUTE });
    expect(phase(pool)).toBe('assigned');
    expect(mailTo(pool, 'run').at(-1)).toEqual({ type: 'LeaseRegained', instance: instance('j'), lease: 1 });
    pool.now = 605 * MINUTE;
    pool.tell({ type: 'LeaseDue', request: 1, lease: 1 });
    pool.tell({ type: 'JobOver', run: 1, instance: instance('j'), lease: 1, lost: true });
    expect(pool.requests.get(1)?.state).toMatchObject({ phase: 'finished', lost: true });
    expect(renew(pool, 1)).toBe('lease-refused');
  });

  it('of a protected job that was cancelled meanwhile: its agent hears of it when it is back', () => {
    const { pool } = assigned({ protected: true });
    pool.now = 5 * MINUTE;
    pool.tell({ type: 'LeaseDue', request: 1, lease: 1 });
    const cancel = { type: 'JobCanceled', run: 1, instance: instance('j'), lease: 1 } as const;
    pool.tell({ ...cancel, budgetMs: 0, kill: true });
    pool.now = 60 * MINUTE;
    expect(renew(pool, 1)).toEqual({ leaseUntil: 65 * MINUTE, cancel: { budgetMs: 0, kill: true } });
  });

  it('a report in quarantine closes it at once', () => {
    const { pool } = assigned();
    pool.now = 5 * MINUTE;
    pool.tell({ type: 'LeaseDue', request: 1, lease: 1 });
    pool.tell({ type: 'JobOver', run: 1, instance: instance('j'), lease: 1 });
    expect(phase(pool)).toBe('finished');
    expect(mailTo(pool, 'run').at(-1)).toEqual({
      type: 'LeaseClosed',
      instance: instance('j'),
      lease: 1,
      lost: false,
    });
    expect(pool.tell({ type: 'QuarantineOver', request: 1, lease: 1 }).mail).toEqual([]);
  });

  it('the times are settable', () => {
    const pool = new PoolStore({ leaseMs: 2000, marginMs: 100, renewEveryMs: 300 });
    const agent = connect(pool, 'a');
    pool.tell({ ...ready(1, 'j'), cancelTimeoutMs: 1000 } as PoolMessage);
    poll(pool, agent);
    pool.now = 2000;
    pool.tell({ type: 'LeaseDue', request: 1, lease: 1 });
    expect(pool.requests.get(1)?.state).toMatchObject({ phase: 'quarantined', until: 3100 });
  });

  it('the end of a job frees its agent', () => {
    const { pool, agent } = assigned();
    pool.tell({ type: 'JobOver', run: 1, instance: instance('j'), lease: 9 });
    expect(phase(pool)).toBe('assigned');
    pool.tell({ type: 'JobOver', run: 1, instance: instance('j'), lease: 1 });
    expect(phase(pool)).toBe('finished');
    expect(pool.agents.get(agent)).not.toHaveProperty('request');
    expect(poll(pool, agent)).toBe('nothing');
  });
});

describe('cancel', () => {
  it('takes a waiting job out of the queue and says so (CANCEL-10)', () => {
    const pool = new PoolStore();
    connect(pool, 'a');
    pool.tell(ready(1, 'j'));
    pool.tell({ type: 'JobWithdrawn', run: 1, instance: instance('j') });
    expect(phase(pool)).toBe('finished');
    expect(mailTo(pool, 'run')).toEqual([{ type: 'JobUnqueued', instance: instance('j') }]);
    expect(pool.tell({ type: 'JobWithdrawn', run: 1, instance: instance('j') })).toMatchObject({
      events: [],
      mail: [],
    });
    expect(pool.tell(ready(1, 'j')).events).toEqual([]);
  });

  it('tells the agent that has it with its next renewal (CANCEL-8, AGENT-9)', () => {
    const pool = new PoolStore();
    const agent = connect(pool, 'a');
    pool.tell(ready(1, 'j'));
    poll(pool, agent);
    pool.tell({ type: 'JobCanceled', run: 1, instance: instance('j'), lease: 9, budgetMs: 1 });
    expect(renew(pool, 1)).not.toHaveProperty('cancel');
    pool.tell({ type: 'JobCanceled', run: 1, instance: instance('j'), lease: 1, budgetMs: 2 * MINUTE });
    pool.now = 15 * SECOND;
    expect(renew(pool, 1)).toMatchObject({ cancel: { budgetMs: 105 * SECOND } });
    // Asking again does not prolong it (CANCEL-13).
    pool.tell({ type: 'JobWithdrawn', run: 1, instance: instance('j') });
    expect(renew(pool, 1)).toMatchObject({ cancel: { budgetMs: 105 * SECOND } });
  });

  it('a kill goes beyond a cancel, and nothing beyond a kill (CANCEL-13)', () => {
    const pool = new PoolStore();
    const agent = connect(pool, 'a');
    pool.tell(ready(1, 'j'));
    poll(pool, agent);
    const cancel = { type: 'JobCanceled', run: 1, instance: instance('j'), lease: 1 } as const;
    pool.tell({ ...cancel, budgetMs: 2 * MINUTE });
    pool.tell({ ...cancel, budgetMs: 0, kill: true });
    pool.now = 5 * SECOND;
    expect(renew(pool, 1)).toMatchObject({ cancel: { budgetMs: 0, kill: true } });
    expect(pool.tell({ ...cancel, budgetMs: 0, kill: true }).events).toEqual([]);
    expect(pool.tell({ ...cancel, budgetMs: 2 * MINUTE }).events).toEqual([]);
  });

  it('kills a job that was asked back by force when an agent had it already (CANCEL-10)', () => {
    const pool = new PoolStore();
    const agent = connect(pool, 'a');
    pool.tell(ready(1, 'j'));
    poll(pool, agent);
    pool.tell({ type: 'JobWithdrawn', run: 1, instance: instance('j'), kill: true });
    expect(renew(pool, 1)).toMatchObject({ cancel: { budgetMs: 0, kill: true } });
  });

  it('gives no more time to a job that did not end within its budget (R16)', () => {
    const pool = new PoolStore();
    const agent = connect(pool, 'a');
    pool.tell(ready(1, 'j'));
    poll(pool, agent);
    pool.tell({ type: 'JobWithdrawn', run: 1, instance: instance('j') });
    pool.now = 5 * MINUTE + 30 * SECOND;
    expect(renew(pool, 1)).toMatchObject({ cancel: { budgetMs: 0 } });
    pool.now += 1;
    expect(renew(pool, 1)).toBe('lease-refused');
  });
});

describe('agents', () => {
  it('a new session takes over; the old one’s job is lost to it (AGENT-3, LAW-8)', () => {
    const pool = new PoolStore();
    const agent = connect(pool, 'a');
    pool.tell(ready(1, 'j'));
    poll(pool, agent);
    pool.now = MINUTE;
    expect(connect(pool, 'A', { pwsh: '7' }, 's2')).toBe(agent);
    expect(pool.requests.get(1)?.state).toMatchObject({
      phase: 'quarantined',
      until: 10 * MINUTE + 30 * SECOND,
    });
    expect(poll(pool, agent, 's1')).toBe('session-replaced');
    pool.tell(ready(2, 'k', ['pwsh']));
    expect(poll(pool, agent, 's2')).toBe('2 k');
    pool.now = 11 * MINUTE;
    pool.tell({ type: 'QuarantineOver', request: 1, lease: 1 });
    expect(pool.agents.get(agent)?.request).toBe(2);
  });

  it('a repeated hello of the same session loses nothing', () => {
    const pool = new PoolStore();
    const agent = connect(pool, 'a');
    pool.tell(ready(1, 'j'));
    poll(pool, agent);
    connect(pool, 'a');
    expect(poll(pool, agent)).toBe('1 j');
  });

  it('one that leaves with a job leaves it in quarantine', () => {
    const pool = new PoolStore();
    const agent = connect(pool, 'a');
    pool.tell(ready(1, 'j'));
    poll(pool, agent);
    pool.tell({ type: 'AgentLeft', agent, session: 'other' });
    expect(phase(pool)).toBe('assigned');
    pool.tell({ type: 'AgentLeft', agent, session: 's1' });
    expect(phase(pool)).toBe('quarantined');
    expect(poll(pool, agent)).toBe('session-replaced');
  });

  it('one with a job cannot be deleted, one without can', () => {
    const pool = new PoolStore();
    const agent = connect(pool, 'a');
    pool.tell(ready(1, 'j'));
    poll(pool, agent);
    expect(pool.tell({ type: 'AgentDeleted', agent }).reply).toMatchObject({
      refusal: { code: 'agent-busy' },
    });
    pool.tell({ type: 'JobOver', run: 1, instance: instance('j'), lease: 1 });
    expect(pool.tell({ type: 'AgentDeleted', agent }).reply).toEqual({ ok: true, value: null });
    expect(pool.agents.size).toBe(0);
    expect(pool.tell({ type: 'AgentDeleted', agent }).reply).toMatchObject({
      refusal: { code: 'agent-not-found' },
    });
    expect(poll(pool, agent)).toBe('agent-not-found');
    expect(connect(pool, 'a')).toBe(2);
  });

  it('a disabled agent ends its job and gets no other (AGENT-2)', () => {
    const pool = new PoolStore();
    const agent = connect(pool, 'a');
    connect(pool, 'b');
    pool.tell(ready(1, 'j'));
    pool.tell(ready(1, 'k'));
    poll(pool, agent);
    pool.tell({ type: 'AgentEnabled', agent, enabled: false });
    expect(poll(pool, agent)).toBe('1 j');
    pool.tell({ type: 'JobOver', run: 1, instance: instance('j'), lease: 1 });
    expect(poll(pool, agent)).toBe('nothing');
  });
});
