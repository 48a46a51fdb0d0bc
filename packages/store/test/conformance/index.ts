import { describe } from 'vitest';
import type { Harness } from '../support/harness.ts';
import { accessSuite } from './access.ts';
import { artifactsSuite } from './artifacts.ts';
import { resultsSuite } from './results.ts';
import { catalogueSuite } from './catalogue.ts';
import { checksSuite } from './checks.ts';
import { countersSuite } from './counters.ts';
import { definitionNotesSuite } from './definition-notes.ts';
import { effectsSuite } from './effects.ts';
import { forecastsSuite } from './forecasts.ts';
import { inboxSuite } from './inbox.ts';
import { interlockingSuite } from './interlocking.ts';
import { journalSuite } from './journal.ts';
import { keptRunsSuite } from './kept-runs.ts';
import { leasesSuite } from './leases.ts';
import { librarySuite } from './library.ts';
import { lifecycleSuite } from './lifecycle.ts';
import { logsSuite } from './logs.ts';
import { machinesSuite } from './machines.ts';
import { notificationsSuite } from './notifications.ts';
import { parallelJobsSuite } from './parallel-jobs.ts';
import { poolSuite } from './pool.ts';
import { runsSuite } from './runs.ts';
import { spansSuite } from './spans.ts';
import { tasksSuite } from './tasks.ts';
import { triggersSuite } from './triggers.ts';

/** What every store must do; each implementation runs all of it. */
export function storeSuite(harness: Harness): void {
  describe(`the ${harness.name} store`, () => {
    inboxSuite(harness);
    journalSuite(harness);
    effectsSuite(harness);
    logsSuite(harness);
    artifactsSuite(harness);
    resultsSuite(harness);
    catalogueSuite(harness);
    accessSuite(harness);
    librarySuite(harness);
    tasksSuite(harness);
    checksSuite(harness);
    machinesSuite(harness);
    runsSuite(harness);
    keptRunsSuite(harness);
    definitionNotesSuite(harness);
    countersSuite(harness);
    interlockingSuite(harness);
    leasesSuite(harness);
    spansSuite(harness);
    forecastsSuite(harness);
    poolSuite(harness);
    parallelJobsSuite(harness);
    notificationsSuite(harness);
    triggersSuite(harness);
    lifecycleSuite(harness);
  });
}
