import type { StageRef, WhatIfView } from '@signalbox/api';
import { describe, expect, it } from 'vitest';
import { consequences } from '../../../src/view-models/lock/what-if.ts';
import { stageRef } from '../../harness/forecasts.ts';

const NOTHING: WhatIfView = {
  lockId: 1,
  lockName: 'production',
  at: '2026-11-22T10:00:00Z',
  requests: [],
  queues: [],
  keeps: [],
  waitersTotal: 3,
  bounded: false,
};
const texts = (part: Partial<WhatIfView>): readonly string[] =>
  consequences({ ...NOTHING, ...part }).map(({ text }) => text);
const line = (...runs: readonly number[]): readonly StageRef[] => runs.map(stageRef);
const queue = (before: readonly StageRef[], after: readonly StageRef[]): WhatIfView['queues'] => [
  { lockId: 1, lockName: 'production', before, after },
];

describe('consequences', () => {
  it('say so when nothing would change', () => {
    expect(texts({})).toEqual(['Nothing would change for those who wait now.']);
  });

  it('tell a refusal and nothing else', () => {
    const refusal = { code: 'not-waiting', message: 'It does not wait.' };
    expect(texts({ refusal, requests: [{ ...stageRef(2), from: 'queued', to: 'inUse' }] })).toEqual([
      'It would be refused: It does not wait.',
    ]);
  });

  it('tell who would start, who would give way and who would be canceled', () => {
    const requests = [
      { ...stageRef(2), from: 'queued', to: 'inUse' },
      { ...stageRef(3), from: 'queued', to: 'canceled', supersededByRunId: 9 },
      { ...stageRef(4), attempt: 2, from: 'queued', to: 'canceled' },
    ] as const;
    expect(texts({ requests })).toEqual([
      'shop-web 20261122.2, Deploy would start at once.',
      'shop-web 20261122.3, Deploy would give way to a newer run.',
      'shop-web 20261122.4, Deploy (attempt 2) would be canceled.',
    ]);
  });

  it('count those beyond the first five', () => {
    const requests = [2, 3, 4, 5, 6, 7, 8].map(
      (run) => ({ ...stageRef(run), from: 'queued', to: 'canceled' }) as const,
    );
    expect(texts({ requests }).at(-1)).toBe('And 2 more stages would leave the line.');
  });

  it('tell who would stand elsewhere, and not who only moves up because others left', () => {
    expect(texts({ queues: queue(line(2, 3), line(3, 2)) })).toEqual([
      'shop-web 20261122.3, Deploy would be number 1 instead of 2 at production.',
      'shop-web 20261122.2, Deploy would be number 2 instead of 1 at production.',
    ]);
    const requests = [{ ...stageRef(2), from: 'queued', to: 'canceled' }] as const;
    expect(texts({ requests, queues: queue(line(2, 3), line(3)) })).toHaveLength(1);
  });

  it('tell who keeps the lock, and what comes of it afterwards', () => {
    const keeps = [{ ...stageRef(1), protectedBy: ['production'] }];
    const afterwards = { requests: [{ ...stageRef(2), from: 'queued', to: 'inUse' } as const], queues: [] };
    expect(texts({ keeps, afterwards })).toEqual([
      'shop-web 20261122.1, Deploy would keep the lock until it is over, clean-up included. production protects it from the cancel until then.',
      'Afterwards: shop-web 20261122.2, Deploy would start at once.',
    ]);
  });
});
