import type { Terminal } from '../src/output/terminal.ts';

/** A terminal that remembers what was written to it. */
export function recordingTerminal(interactive = false): Terminal & { printed(): string; said(): string } {
  let out = '';
  let err = '';
  return {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    interactive,
    columns: 100,
    printed: () => out,
    said: () => err,
  };
}
