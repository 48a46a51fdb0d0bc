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

/** A browser that starts here, or why there is none. */
export type FoundBrowser = { readonly path: string } | { readonly obstacle: string };

/**
 * The browser of this machine: the system's, else the one from npm. It is started once, because a machine may have the
 * program without the libraries that it needs.
 */
export async function lookForChromium(): Promise<FoundBrowser> {
  const system = SYSTEM.find((path) => existsSync(path));
  const path = system ?? (await chromium.executablePath().catch(() => undefined));
  if (path === undefined) return { obstacle: 'no Chromium on this machine' };
  try {
    await (await launch(path)).close();
    return { path };
  } catch (error) {
    const lines = String(error).split('\n');
    const why = lines.find((line) => line.includes('error while loading')) ?? lines[0] ?? '';
    return { obstacle: `Chromium does not start here: ${why.trim()}` };
  }
}

/** The path of a browser that starts on this machine; `undefined` when there is none. */
export async function findChromium(): Promise<string | undefined> {
  const found = await lookForChromium();
  return 'path' in found ? found.path : undefined;
}

/** Starts a browser without a window. */
export function launch(executablePath: string): Promise<Browser> {
  return playwright.launch({ executablePath, args: ARGUMENTS });
}
