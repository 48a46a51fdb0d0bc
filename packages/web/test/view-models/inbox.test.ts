import type { WireApproval } from '@signalbox/api';
import { PERMITTED } from '@signalbox/api';
import { describe, expect, it } from 'vitest';
import { inbox } from '../../src/view-models/approval.ts';
import { handOver, NO_DRAFT, update } from '../../src/view-models/decision.ts';
import { approvalDetail, approvalStep } from '../harness/approvals.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const me = {
  name: 'Ada Lovelace',
  role: 'administrator',
  organization: 'default',
  version: '0.1.0',
  session: true,
  permissions: Object.keys(PERMITTED),
} as const;
const asked = (id: string, part: Partial<WireApproval> = {}): WireApproval =>
  approvalDetail({
    id,
    createdOn: '2026-11-22T09:30:00Z',
    waitsFor: ['Ada Lovelace', 'ann'],
    steps: [approvalStep('Ada Lovelace'), approvalStep('ann')],
    ...part,
  });

describe('inbox', () => {
  it('has what the viewer may decide apart, and the oldest first', () => {
    const { mine, others } = inbox(
      [
        asked('c'),
        asked('b', { permissions: 'view', waitsFor: ['ann'] }),
        asked('a', { createdOn: '2026-11-22T08:00:00Z' }),
      ],
      { me, now: NOW },
    );
    expect(mine.map(({ id }) => id)).toEqual(['a', 'c']);
    expect(others.map(({ id, say }) => [id, say])).toEqual([
      ['b', { may: false, why: 'You are Ada Lovelace; only ann may decide.' }],
    ]);
  });

  it('says who is awaited until when, which run asks, and for what', () => {
    const { mine } = inbox([asked('a', { timeoutOn: '2026-11-22T12:00:00Z' })], { me, now: NOW });
    expect(mine[0]).toMatchObject({
      title: 'Deploy on production',
      waits: 'Waits for Ada Lovelace or ann. It times out at 2026-11-22 12:00:00 UTC.',
      since: { text: '30 min ago' },
      runId: 50,
      runNumber: '20261122.50',
      pipeline: 'shop-web',
      deferred: false,
    });
  });

  it('says of one that is only put off that it counts later', () => {
    const { others } = inbox([asked('a', { status: 'deferred', waitsFor: [], permissions: 'view' })], {
      me,
      now: NOW,
    });
    expect(others[0]).toMatchObject({ deferred: true, waits: 'Approved; it counts later.' });
  });
});

describe('update', () => {
  it('sends what was typed, and a later time of approvals only', () => {
    const draft = { comment: ' fine ', notBefore: '2026-11-23T08:00' };
    const later = new Date('2026-11-23T08:00').toISOString();
    expect(update('a', 'approved', draft)).toEqual({
      approvalId: 'a',
      status: 'approved',
      comment: 'fine',
      deferredTo: later,
    });
    expect(update('a', 'rejected', draft)).toEqual({ approvalId: 'a', status: 'rejected', comment: 'fine' });
    expect(update('a', 'approved')).toEqual({ approvalId: 'a', status: 'approved' });
  });
});

describe('handOver', () => {
  it('names whose place it is and to whom it goes', () => {
    expect(handOver('a', { from: 'ann', to: 'ops', isGroup: true }, NO_DRAFT)).toEqual({
      approvalId: 'a',
      reassignTo: { displayName: 'ops', isContainer: true },
      assignedApprover: { displayName: 'ann' },
    });
  });
});
