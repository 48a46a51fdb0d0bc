import type { TestProject } from 'vitest/node';
import { freePort, startSignalbox } from '../../support/signalbox.ts';
import { lookForChromium, type FoundBrowser } from './browser.ts';

/** Enough that every file which holds a job open still finds an agent for its next one. */
const AGENTS = 6;
/** The pages of several files at once ask with the token of one administrator. */
const REQUESTS_PER_SECOND = 20_000;

declare module 'vitest' {
  interface ProvidedContext {
    /**
     * The one server of all files: with the organisation, and the token of its administrator. It may call `receiver`, a
     * port of this machine, for the file about notifications.
     */
    signalbox: { readonly url: string; readonly token: string; readonly receiver: number };
    /** The browser of all files, or why they are skipped: looked for once, so that no file decides it alone. */
    chromium: FoundBrowser;
  }
}

/**
 * Starts one real `signalbox up` with real agents for all files of `test/browser`, and ends it after the last. Its
 * launcher builds the pages when they are older than their sources. Without a browser nothing is started.
 */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const found = await lookForChromium();
  project.provide('chromium', found);
  if ('obstacle' in found) return undefined;
  const receiver = await freePort();
  const allowOutbound = [`127.0.0.1:${receiver}`];
  const box = await startSignalbox({ agents: AGENTS, requestRate: REQUESTS_PER_SECOND, allowOutbound });
  project.provide('signalbox', { url: box.url, token: box.token, receiver });
  return () => box.stop();
}
