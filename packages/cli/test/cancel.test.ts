import { pendingCancel } from '@signalbox/api';
import { describe, expect, it } from 'vitest';
import { EXIT } from '../src/exit-codes.ts';
import { runProgram } from '../src/program.ts';
import { recordingTerminal } from './support.ts';

describe('signalbox cancel', () => {
  it.each([
    [['--force'], '--force needs a --reason.'],
    [['--reason', 'it hangs'], '--reason goes with --force only.'],
  ])('refuses %j, and asks no server', async (options, sentence) => {
    const terminal = recordingTerminal();
    expect(await runProgram(['cancel', '12', ...options], terminal)).toBe(EXIT.usage);
    expect(terminal.said()).toContain(sentence);
  });
});

describe('pendingCancel', () => {
  const stage = { displayName: 'Deploy', protectedBy: ['production', 'database'] };

  it('says who cancelled what, and what it waits for (Q6)', () => {
    const cancelPending = { at: '2026-11-22T10:00:00Z', by: 'Ada', of: 'run' as const };
    expect(pendingCancel({ ...stage, cancelPending })).toBe(
      'The run was cancelled by Ada at 2026-11-22T10:00:00Z; that takes effect when stage Deploy is over, for the lock of production, database protects it.',
    );
  });

  it('says nothing of a stage that nobody cancelled', () => {
    expect(pendingCancel(stage)).toBeUndefined();
  });
});
