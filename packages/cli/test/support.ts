import type { Terminal } from '../src/output/terminal.ts';

/** A terminal that remembers what was written to it, and has something to read. */
export function recordingTerminal(
  interactive = false,
  input = '',
  answer?: string,
): Terminal & { printed(): string; said(): string } {
  let out = '';
  let err = '';
  return {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    input: async () => input,
    ask: async (question) => {
      err += question;
      return answer;
    },
    interactive,
    columns: 100,
    printed: () => out,
    said: () => err,
  };
}
