import chromium from '@sparticuz/chromium';
import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { chromium as playwright } from 'playwright-core';

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The browser of this machine: the system's, else the one from npm; `undefined` when neither is there. */
export async function findChromium(): Promise<string | undefined> {
  const system = SYSTEM.find((path) => existsSync(path));
  if (system !== undefined) return system;
  return chromium.executablePath().catch(() => undefined);
}

/** Starts a browser without a window. */
export function launch(executablePath: string): Promise<Browser> {
  return playwright.launch({ executablePath, args: ARGUMENTS });
}
