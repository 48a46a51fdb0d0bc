import { describe, expect, it } from 'vitest';
import { EXIT } from '../src/exit-codes.ts';
import { runProgram } from '../src/program.ts';
import { recordingTerminal } from './support.ts';

describe('signalbox retry', () => {
  it.each([
    [['--all-jobs'], '--all-jobs goes with --stage only.'],
    [['--alone'], '--alone goes with --stage only.'],
  ])('refuses %j without a stage, and asks no server', async (options, sentence) => {
    const terminal = recordingTerminal();
    expect(await runProgram(['retry', '12', ...options], terminal)).toBe(EXIT.usage);
    expect(terminal.said()).toContain(sentence);
  });
});
