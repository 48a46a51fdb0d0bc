import type { MeView } from '@signalbox/api';
import { describe, expect, it } from 'vitest';
import { approvalCard, approvalNotes, mine } from '../../src/view-models/approval.ts';
import { stageMark } from '../../src/view-models/mark.ts';
import {
  approvalDetail,
  approvalStep,
  askingRun,
  openApproval,
  person,
  sampleApproval,
} from '../harness/approvals.ts';
import { run } from '../harness/runs.ts';
import { clockAt, stage } from '../harness/stages.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const CLOCK = clockAt(NOW);
const ADA: MeView = {
  name: 'Ada Lovelace',
  role: 'contributor',
  organization: 'default',
  version: '0.1.0',
  session: true,
  permissions: ['decideApprovals'],
};

function card(
  open: Partial<Parameters<typeof openApproval>[0]>,
  detail?: Partial<Parameters<typeof approvalDetail>[0]>,
  me = ADA,
): ReturnType<typeof approvalCard> {
  const asks = stage({ name: 'Deploy', state: 'waiting' });
  const told = detail === undefined ? undefined : approvalDetail({ id: 'a', ...detail });
  return approvalCard(asks, openApproval({ id: 'a', ...open }), told, { me, now: NOW });
}

describe('approvalNotes', () => {
  it('says of each what the server says', () => {
    const text = 'Waits for approval of production by ann.';
    const asks = stage({ name: 'Deploy', approvals: [openApproval({ id: 'a', text })] });
    expect(approvalNotes(run({ id: 1, stages: [asks] }))).toEqual([{ id: 'a', text: `Deploy: ${text}` }]);
  });

  it('is empty for a run that asks for nothing', () => {
    expect(approvalNotes(run({ id: 1, stages: [stage({ name: 'Deploy' })] }))).toEqual([]);
  });

  it('marks a stage that asks as waiting for approval, not for a lock', () => {
    const asks = stage({ name: 'Deploy', state: 'waiting', approvals: [openApproval({ id: 'a' })] });
    expect(stageMark(asks).label).toBe('waiting for approval');
  });
});

describe('approvalCard: whose place may be handed on', () => {
  const steps = [approvalStep('ada lovelace'), approvalStep('ops', { group: true })];

  it("is the viewer's own", () => {
    expect(card({}, { steps, permissions: 'view, update, reassign' }).handsOn).toEqual(['ada lovelace']);
  });

  it("is anybody's for an administrator", () => {
    const permissions = 'view, reassign, resourceAdmin';
    expect(card({}, { steps, permissions }).handsOn).toEqual(['ada lovelace', 'ops']);
  });

  it("is nobody's for others, or before the server has said", () => {
    expect(card({}, { steps, permissions: 'view' }).handsOn).toEqual([]);
    expect(card({}).handsOn).toEqual([]);
  });
});

describe('approvalCard: who may decide', () => {
  it('does not say before the server has', () => {
    expect(card({})).not.toHaveProperty('say');
  });

  it('is whoever the server lets update', () => {
    expect(card({}, { permissions: 'view, update, reassign' }).say).toEqual({ may: true });
  });

  it('says who may instead', () => {
    const { say } = card({ waitsFor: ['ann', 'the group ops'] }, { permissions: 'view' });
    expect(say).toEqual({ may: false, why: 'You are Ada Lovelace; only ann or the group ops may decide.' });
  });

  it('says that the role may not, even of one who is named', () => {
    const reader: MeView = { ...ADA, role: 'reader', permissions: [] };
    const { say } = card({}, { permissions: 'view, update' }, reader);
    expect(say).toEqual({ may: false, why: 'Your role, reader, may not decide approvals.' });
  });

  it('says that the viewer has decided, whatever the letter case of the name', () => {
    const given = approvalStep('ops', { status: 'approved', actualApprover: person('ada lovelace') });
    const { say } = card({ waitsFor: ['ann'] }, { permissions: 'view', steps: [given] });
    expect(say).toMatchObject({ may: false, why: 'You have decided already; each person counts once.' });
  });

  it('collects those that the viewer may decide', () => {
    const asking = askingRun(CLOCK);
    const cards = asking.stages.flatMap((asks) =>
      (asks.approvals ?? []).map((open) =>
        approvalCard(asks, open, sampleApproval(open.id, CLOCK), { me: ADA, now: NOW }),
      ),
    );
    expect(mine(cards)).toEqual(['a-1', 'a-2']);
  });
});

describe('approvalCard: what was said so far', () => {
  it('tells decisions, comments and who handed on', () => {
    const handed = approvalStep('bob', {
      history: [
        {
          assignedTo: person('bob'),
          createdBy: person('ann'),
          createdOn: CLOCK.at(120),
          comment: 'on leave',
        },
      ],
    });
    const given = approvalStep('cid', {
      status: 'deferred',
      actualApprover: person('cid'),
      lastModifiedOn: CLOCK.at(60),
      deferredTo: '2026-11-22T11:00:00Z',
    });
    expect(card({}, { steps: [handed, given] }).history).toEqual([
      'ann handed it on to bob 2 min ago: “on leave”',
      'cid approved 1 min ago, from 2026-11-22 11:00:00 UTC on.',
    ]);
  });
});
