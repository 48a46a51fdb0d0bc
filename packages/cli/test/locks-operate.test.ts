import { describe, expect, it } from 'vitest';
import type { LockRequestView, LockView } from '@signalbox/api';
import { DEFAULT_LOCK_POLICY } from '@signalbox/model';
import { EXIT } from '../src/exit-codes.ts';
import { lockPicture } from '../src/output/lock-picture.ts';
import { runProgram } from '../src/program.ts';
import { recordingTerminal } from './support.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');

const REQUEST: LockRequestView = {
  requestId: 1,
  resourceType: 'environment',
  resourceId: '1',
  resourceName: 'qa',
  projectId: 'p',
  definitionId: 1,
  definitionName: 'web',
  planId: 'q',
  nodeName: 'Deploy',
  nodeAttempt: 1,
  checkRunId: 'c',
  branch: 'refs/heads/main',
  lockType: 'sequential',
  status: 'queued',
  queueTime: '2026-11-22T09:59:00Z',
  lockId: 1,
  bundleId: 4,
  runId: 7,
  runNumber: '20261122.7',
  requestedFor: 'Ada',
  position: 1,
  blockers: [],
  reasons: ['Held back from qa by Ada: not yet.'],
};

const LOCK: LockView = {
  id: 1,
  name: 'qa',
  resourceType: 'environment',
  resourceId: '1',
  enabled: true,
  policy: DEFAULT_LOCK_POLICY,
  lastToken: 0,
  holders: [],
  waiters: [],
  waitersTotal: 0,
  expected: [],
};

describe('the picture of a lock', () => {
  it('shows a freeze: who, since when, until when, for whom it does not count, and why', () => {
    const freeze = { since: '2026-11-22T09:50:00Z', exempt: [], by: 'Ada', reason: 'migration' };
    expect(lockPicture({ ...LOCK, freeze }, NOW)).toContain(
      '  frozen by Ada 10m 0s ago · until somebody ends it · migration\n',
    );
    const bounded = { ...freeze, until: '2026-11-22T12:00:00Z', exempt: ['refs/heads/hotfix/*'] };
    expect(lockPicture({ ...LOCK, freeze: bounded }, NOW)).toContain(
      'until 2026-11-22T12:00:00Z · but not for refs/heads/hotfix/* · migration\n',
    );
  });

  it('says once what was done to a waiter', () => {
    const mark = { at: '2026-11-22T09:59:30Z', by: 'Ada', reason: 'not yet' };
    const waiter = { ...REQUEST, hold: mark, moved: { ...mark, reason: 'the customer waits' } };
    const picture = lockPicture({ ...LOCK, waiters: [waiter], waitersTotal: 1 }, NOW);
    expect(picture.split('not yet')).toHaveLength(2);
    expect(picture).toContain('       Moved by Ada: the customer waits\n');
  });

  it('says why a holder that is not at work still holds', () => {
    const { position: _position, ...rest } = REQUEST;
    const holder = { state: 'failed', since: '2026-11-22T09:59:30Z' } as const;
    const picture = lockPicture({ ...LOCK, holders: [{ ...rest, status: 'inUse', holder }] }, NOW);
    expect(picture).toContain('until somebody acknowledges it');
  });

  it('says when a quarantined holder can act no more, where a clock says so', () => {
    const { position: _position, ...rest } = REQUEST;
    const holder = { state: 'quarantined', since: '2026-11-22T09:59:30Z' } as const;
    const pictureOf = (until: object): string =>
      lockPicture({ ...LOCK, holders: [{ ...rest, status: 'inUse', holder: { ...holder, ...until } }] }, NOW);
    expect(pictureOf({ until: '2026-11-22T10:05:00Z' })).toContain(
      'nothing of it can act any more. That is so at 2026-11-22T10:05:00Z.',
    );
    expect(pictureOf({})).not.toContain('That is so');
  });

  it('says that a lock is held through a span, and which stages are inside (LOCK-65)', () => {
    const span = { until: ['Verify'], over: false, inside: ['East'], waiting: ['West'] };
    const picture = lockPicture({ ...LOCK, holders: [{ ...REQUEST, status: 'inUse', span }] }, NOW);
    expect(picture).toContain(
      '       Held until its stage Verify is over. Inside now: East. Waits inside: West.\n',
    );
  });
});

describe('what operators say', () => {
  const why = ['--reason', 'why'];

  it.each([
    { args: ['hold', '7'], says: /--reason/ },
    { args: ['hold', 'web', ...why], says: /whole number/ },
    { args: ['move', '7', ...why], says: /--before RUN, --after RUN, --up or --down/ },
    { args: ['move', '7', '--up', '--down', ...why], says: /cannot be used with/ },
    { args: ['move', '7', '--before', '9', '--after', '8', ...why], says: /cannot be used with/ },
    { args: ['move', '7', '--before', 'first', ...why], says: /RUN or RUN\/STAGE/ },
    { args: ['freeze', 'qa', '--for', '2 hours', ...why], says: /90m, 2h or 3d12h/ },
    { args: ['freeze', 'qa', '--for', '0m', ...why], says: /90m, 2h or 3d12h/ },
    { args: ['freeze', 'qa', '--for', '2h', '--until', '2030-01-01', ...why], says: /cannot be used with/ },
    { args: ['unfreeze', 'qa'], says: /--reason/ },
  ])('refuses wrong usage before it asks a server: $args', async ({ args, says }) => {
    const terminal = recordingTerminal();
    expect(await runProgram(['locks', ...args], terminal)).toBe(EXIT.usage);
    expect(terminal.said()).toMatch(says);
  });
});
