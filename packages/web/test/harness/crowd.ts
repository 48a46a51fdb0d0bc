import type { ForecastView, LockRequestView, LockView, WhatIfView } from '@signalbox/api';
import { stageRef } from './forecasts.ts';
import { lock, request } from './locks.ts';
import type { Clock } from './stages.ts';

/** How many wait in the crowd. */
export const CROWD = 10_000;
const SHOWN = 100;

/** The answers about a lock at which very many wait; undefined: the question is not about it. */
export function crowdAnswer(path: string, url: string, clock: Clock): unknown {
  if (path === 'signalbox/locks') return list([crowdLock(clock)]);
  if (path === 'signalbox/locks/1/waiters') {
    const skip = Number(new URL(url, 'http://localhost').searchParams.get('skip') ?? 0);
    return list(waiters(skip, clock));
  }
  if (path === 'signalbox/locks/1/history') return list(history(clock));
  if (path === 'signalbox/locks/1/forecast') return crowdForecast(clock);
  return path === 'signalbox/locks/1/whatIf' ? crowdWhatIf(clock) : undefined;
}

function crowdLock(clock: Clock): LockView {
  const holder = request({
    runId: 1,
    status: 'inUse',
    queueTime: clock.at(300),
    assignTime: clock.at(180),
    token: 9,
  });
  return lock({
    id: 1,
    name: 'production',
    lastToken: 9,
    holders: [holder],
    waiters: waiters(0, clock),
    waitersTotal: CROWD,
  });
}

/** Those from a place on; each has the reason that somebody is ahead. */
function waiters(skip: number, clock: Clock): readonly LockRequestView[] {
  const count = Math.max(0, Math.min(SHOWN, CROWD - skip));
  return Array.from({ length: count }, (_, index) => {
    const position = skip + index + 1;
    const runId = position + 1;
    return request({
      runId,
      position,
      queueTime: clock.at(120),
      expiresAt: clock.at(-86_400),
      blockers: [{ kind: 'behind', lock: 1, since: Date.parse(clock.at(120)), by: [] }],
      reasons: [`Behind run 20261122.${runId - 1} of shop-web (stage Deploy) in the queue of production.`],
    });
  });
}

function history(clock: Clock): readonly LockRequestView[] {
  return [400, 800, 1300].map((ago, index) =>
    request({
      runId: 20_000 + index,
      requestId: 900_000 + index,
      status: 'finished',
      assignTime: clock.at(ago),
      finishTime: clock.at(ago - 200),
      token: 8 - index,
    }),
  );
}

function crowdForecast(clock: Clock): ForecastView {
  const starts = (seconds: number): { readonly kind: 'starts'; readonly at: string } => ({
    kind: 'starts',
    at: clock.at(-seconds),
  });
  const basis = {
    definitionId: 1,
    definitionName: 'shop-web',
    stage: 'Deploy',
    count: 20,
    p50Seconds: 200,
    p90Seconds: 300,
  };
  return {
    lockId: 1,
    lockName: 'production',
    at: clock.at(0),
    holders: [{ ...stageRef(1), p50: clock.at(-20), p90: clock.at(-120), basis }],
    waiters: [
      { ...stageRef(2), position: 1, p50: starts(20), p90: starts(120), basis: [basis] },
      { ...stageRef(3), position: 2, p50: starts(220), p90: starts(420), basis: [basis] },
    ],
    waitersTotal: CROWD,
    bounded: true,
    byRate: {
      from: 501,
      first: { p50: clock.at(-100_000), p90: clock.at(-150_000) },
      last: { p50: clock.at(-2_000_000), p90: clock.at(-3_000_000) },
    },
    unknown: [],
    error: { count: 40, typicalSeconds: 30, inTime: 36 },
  };
}

function crowdWhatIf(clock: Clock): WhatIfView {
  return {
    lockId: 1,
    lockName: 'production',
    at: clock.at(0),
    requests: [{ ...stageRef(2), from: 'queued', to: 'inUse' }],
    queues: [],
    keeps: [],
    waitersTotal: CROWD,
    bounded: true,
  };
}

function list(value: readonly unknown[]): unknown {
  return { count: value.length, value };
}
