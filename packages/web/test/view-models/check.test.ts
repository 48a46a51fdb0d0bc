import { describe, expect, it } from 'vitest';
import { board } from '../../src/view-models/board.ts';
import { checkActs, checkRows, instantOf } from '../../src/view-models/check.ts';
import { logOwner, runDetail } from '../../src/view-models/run-detail.ts';
import { openApproval } from '../harness/approvals.ts';
import { check, checkedRun, NIGHT, SERVICE } from '../harness/checks.ts';
import { clockAt, stage } from '../harness/stages.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');
const RUN = checkedRun(clockAt(NOW));

describe('checkRows', () => {
  it('show the sentence of the server, in its order', () => {
    const deploy = stage({ name: 'Deploy', checks: [NIGHT, SERVICE] });
    expect(checkRows(deploy)).toMatchObject([
      { text: NIGHT.text, canAct: true, asks: false },
      { text: SERVICE.text, log: 1_001_000 },
    ]);
  });

  it('can be reviewed while people are asked', () => {
    const asking = stage({
      name: 'Deploy',
      checks: [check({ id: 'a' }), check({ id: 'b', status: 'approved', awaited: false })],
      approvals: [openApproval({ id: 'a' })],
    });
    expect(checkRows(asking).map(({ asks }) => asks)).toEqual([true, false]);
  });
});

describe('the details of a stage with checks', () => {
  it('say nothing twice, and call the stage by what it waits for', () => {
    const [, deploy] = runDetail(RUN, board([RUN], []), NOW);
    expect(deploy?.reasons).toEqual([]);
    expect(deploy?.checks).toHaveLength(4);
    expect(deploy?.pill.note).toBe('waits for Business hours of production, oldest run of production');
    expect(deploy?.pill.explained).toEqual([NIGHT.text, SERVICE.text]);
  });

  it('open the log of a check by its name, and follow it while it is awaited', () => {
    expect(logOwner(RUN, 1_001_000)).toMatchObject({ name: 'oldest run of production', running: true });
    expect(logOwner(RUN, 7)).toEqual({ name: 'Log 7', running: false });
  });
});

describe('checkActs', () => {
  it('are those that the server permits, in its order', () => {
    expect(checkActs(SERVICE).map(({ label }) => label)).toEqual(['Bypass it', 'Run it again', 'Put it off']);
    expect(checkActs({ acts: [] })).toEqual([]);
  });
});

describe('instantOf', () => {
  it('takes a local time, and nothing else', () => {
    expect(instantOf('2026-11-22T10:00')).toBe(new Date('2026-11-22T10:00').toISOString());
    expect([instantOf(''), instantOf('tomorrow')]).toEqual([undefined, undefined]);
  });
});
