import { pino, type LevelWithSilent, type Logger } from 'pino';

/** The server's log: one JSON line per event on standard error, with a static name and fields; no secret in it. */
export function createLogger(level: LevelWithSilent): Logger {
  const redact = ['authorization', 'cookie', 'token', '*.authorization', '*.cookie', '*.token'];
  return pino({ level, base: { service: 'signalbox' }, redact }, pino.destination({ dest: 2, sync: true }));
}
