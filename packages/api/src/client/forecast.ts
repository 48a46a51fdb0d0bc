import { ROUTES } from '../routes/table.ts';
import type { ExplainView, ForecastView, WhatIfQuestion, WhatIfView } from '../wire/forecast.ts';
import type { Transport } from './transport.ts';

/** Why stages wait, when they start, and what would come of something; nothing is changed. */
export interface ForecastClient {
  explainRun(project: string, run: number): Promise<ExplainView>;
  forecastLock(project: string, lock: number): Promise<ForecastView>;
  whatIf(project: string, lock: number, question: WhatIfQuestion): Promise<WhatIfView>;
}

/** The calls of `ForecastClient`. */
export function forecastClient(transport: Transport): ForecastClient {
  return {
    explainRun: (project, runId) => transport.json(ROUTES.explainRun, { path: { project, runId } }),
    forecastLock: (project, lockId) => transport.json(ROUTES.forecastLock, { path: { project, lockId } }),
    whatIf: (project, lockId, body) => transport.json(ROUTES.whatIf, { path: { project, lockId }, body }),
  };
}
