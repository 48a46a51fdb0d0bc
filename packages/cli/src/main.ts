import { processTerminal } from './output/terminal.ts';
import { runProgram } from './program.ts';

// Whoever reads us may stop reading (`signalbox runs list | head`): that is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
});

process.exitCode = await runProgram(process.argv.slice(2), processTerminal());
