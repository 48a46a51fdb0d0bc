import { describe, expect, it } from 'vitest';
import { doneAct } from '../../../src/view-models/lock/undo.ts';
import { request } from '../../harness/locks.ts';

const line = [2, 3, 4].map((runId) => request({ runId }));

describe('doneAct', () => {
  it.each([
    ['hold', { act: 'unhold' }],
    ['unhold', { act: 'hold' }],
    ['withdraw', undefined],
    ['forceGrant', undefined],
    ['acknowledge', undefined],
    ['forceRelease', undefined],
  ] as const)('takes %s back by %j', (act, undo) => {
    expect(doneAct(line, line[0]!, act).undo).toEqual(undo);
  });

  it.each([
    [0, { before: 3 }],
    [1, { before: 4 }],
    [2, { after: 3 }],
  ])('leads row %i back to %j after a move', (row, place) => {
    expect(doneAct(line, line[row]!, 'move').undo).toEqual({ act: 'move', place });
  });

  it('does not know the way back to a place that was not read', () => {
    expect(doneAct(line, request({ runId: 700 }), 'move').undo).toBeUndefined();
    expect(doneAct([line[0]!], line[0]!, 'move').undo).toBeUndefined();
  });

  it('says what was done with what', () => {
    expect(doneAct(line, line[0]!, 'hold').text).toMatch(/^Held back: .* \S+, Deploy\.$/);
  });
});
