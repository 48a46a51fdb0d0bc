import type { Handlers } from '../../ask.ts';
import { explainRun } from './explain-run.ts';
import { forecastLock } from './forecast.ts';
import { whatIfAsked } from './what-if.ts';

/** Why stages wait, when they start, what would come of something: our own routes. They change nothing. */
export const forecastHandlers: Handlers<'forecastLock' | 'whatIf' | 'explainRun'> = {
  forecastLock: async (ask) => forecastLock(ask),
  whatIf: async (ask) => whatIfAsked(ask),
  explainRun: async (ask) => explainRun(ask),
};
