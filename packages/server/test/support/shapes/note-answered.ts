import { appendFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answeredRoutes } from './shape-check.ts';

/** Tells the end of the test run which routes have answered in this process; `every-route-answered.ts` reads it. */
export function noteAnswered(): void {
  appendFileSync(join(tmpdir(), 'answered-routes'), [...answeredRoutes(), ''].join('\n'));
}
