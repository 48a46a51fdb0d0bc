import { seeded, type Random } from '../support/random.ts';

/** How often the server is killed. */
export const KILLS = Number(process.env['SIGNALBOX_CHAOS_KILLS'] ?? 20);

/** Repeats the moments of the kills, and what is done between them. */
export const SEED = Number(process.env['SIGNALBOX_CHAOS_SEED'] ?? Date.now() % 1_000_000);

/** The chance of one test, the same for each seed. */
export function chance(): Random {
  return seeded(SEED);
}
