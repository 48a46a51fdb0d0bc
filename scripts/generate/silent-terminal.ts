import type { createProgram } from '../../packages/cli/src/program.ts';

type Terminal = Parameters<typeof createProgram>[0];

/** A terminal for the descriptions of commands: nobody is there, and what is written goes to `out`. */
export function silentTerminal(out: (text: string) => void = () => undefined): Terminal {
  return {
    out,
    err: () => undefined,
    input: async () => '',
    ask: async () => undefined,
    interactive: false,
    columns: 100,
  };
}
