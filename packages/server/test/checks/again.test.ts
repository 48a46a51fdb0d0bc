import type { InvokeCheckEffect } from '@signalbox/engine';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSealer } from '../../src/auth/sealer.ts';
import { ownKeys } from '../../src/secrets/key-source.ts';
import type { CheckDesk } from '../../src/checks/desk.ts';
import { invokeCheck } from '../../src/checks/invoke-check.ts';
import type { Outbound, OutboundRequest } from '../../src/outbound/outbound.ts';
import { checkedServer, type CheckedServer } from '../support/waiting-stage.ts';

describe('invokeCheck, when the process that asked is gone [HOOK-7]', () => {
  let at: CheckedServer;
  let effect: InvokeCheckEffect;
  let desk: CheckDesk;
  const sent: OutboundRequest[] = [];

  beforeEach(async () => {
    at = await checkedServer();
    sent.length = 0;
    const outbound: Outbound = {
      async send(request) {
        sent.push(request);
        return { kind: 'answered', status: 200, headers: {}, body: '{}' };
      },
      check: async () => ({ kind: 'addresses', addresses: [] }),
      stop: () => undefined,
    };
    const { store, server } = at.box;
    const sealer = createSealer(ownKeys(at.box.folder));
    desk = { store, sealer, outbound, clock: Date.now, baseUrl: () => server.baseUrl };
  });
  afterEach(async () => {
    await at.close();
  });

  /** A run whose check waits for its callback: its evaluation is open. */
  async function open(): Promise<number> {
    await at.addCheck({ waitForCompletion: 'true' });
    const run = await at.queue();
    effect = {
      key: 'again',
      kind: 'invokeCheck',
      project: 1,
      run,
      stage: 'deploy',
      attempt: 1,
      check: 1,
      evaluation: 1,
    };
    return run;
  }

  const taken = (): Parameters<typeof invokeCheck>[2] => ({ id: 4711, effect, attempt: 2 });

  it('asks again for the same evaluation, and the run takes one answer', async () => {
    const run = await open();
    expect(await invokeCheck(desk, effect, taken())).toBe('done');
    const [again] = sent;
    const [first] = at.service.received;
    expect(again?.headers?.['taskinstanceid']).toBe(first?.headers['taskinstanceid']);
    expect(again?.headers?.['authtoken']).not.toBe(first?.headers['authtoken']);
    await at.box.server.settle();
    expect(await at.check(run)).toMatchObject({ status: 'running', progress: { state: 'accepted' } });
  });

  it.each([
    ['an evaluation that is over', { evaluation: 2 }],
    ['an attempt that is over', { attempt: 2 }],
    ['a check that is not there', { check: 7 }],
    ['a stage that is not there', { stage: 'Test' }],
    ['a run that is not there', { run: 99 }],
    ['a project that is not there', { project: 99 }],
  ])('sends nothing for %s', async (_, change) => {
    await open();
    effect = { ...effect, ...change };
    expect(await invokeCheck(desk, effect, taken())).toBe('done');
    expect(sent).toEqual([]);
  });

  it('sends nothing before the server has its address', async () => {
    await open();
    const early = { ...desk, baseUrl: () => '/default' };
    expect(await invokeCheck(early, effect, taken())).toMatchObject({ again: 'after' });
    expect(sent).toEqual([]);
  });
});
