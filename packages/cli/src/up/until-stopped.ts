import type { LocalAgents } from '../local-agents/supervisor.ts';
import type { Terminal } from '../output/terminal.ts';

/**
 * Stays until a signal. Ctrl-C: agents finish the job at hand; a second Ctrl-C cancels those jobs, clean-up included.
 * SIGTERM: ends at once, and agents that are at work go on; the next start on this data folder finds them again.
 */
export async function untilStopped(terminal: Terminal, agents: LocalAgents): Promise<void> {
  const signal = await nextSignal();
  if (signal === 'SIGTERM') return agents.stop('leave');
  terminal.err('Letting running jobs finish. Ctrl-C again cancels them.\n');
  const again = (): void => void agents.stop('cancel');
  process.on('SIGINT', again);
  try {
    await agents.stop('finish');
  } finally {
    process.off('SIGINT', again);
  }
}

function nextSignal(): Promise<'SIGINT' | 'SIGTERM'> {
  return new Promise((done) => {
    const settle = (signal: 'SIGINT' | 'SIGTERM') => (): void => {
      process.off('SIGINT', onInterrupt).off('SIGTERM', onTerminate);
      done(signal);
    };
    const onInterrupt = settle('SIGINT');
    const onTerminate = settle('SIGTERM');
    process.on('SIGINT', onInterrupt).on('SIGTERM', onTerminate);
  });
}
