import { AxeBuilder } from '@axe-core/playwright';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { findChromium } from './browser.ts';

const BUILT = fileURLToPath(new URL('../../dist/index.html', import.meta.url));
const PICTURES = process.env['SIGNALBOX_PICTURES'];
const SIZES = { desktop: { width: 1280, height: 900 }, phone: { width: 400, height: 844 } } as const;
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const WAIT_MS = 120_000;

/** How a page is looked at. */
export interface Look {
  readonly size: keyof typeof SIZES;
  readonly theme: 'light' | 'dark';
}

/** Every size in every theme. */
export const LOOKS: readonly Look[] = (['desktop', 'phone'] as const).flatMap((size) =>
  (['light', 'dark'] as const).map((theme) => ({ size, theme })),
);

/** Why tests in a browser cannot run here; `undefined` when they can. */
export async function obstacle(): Promise<string | undefined> {
  if (process.env['SIGNALBOX_BROWSER_TESTS'] === undefined) return 'SIGNALBOX_BROWSER_TESTS is not set';
  if (!existsSync(BUILT)) return 'packages/web is not built (npx vite build packages/web)';
  return (await findChromium()) === undefined ? 'no Chromium on this machine' : undefined;
}

/** Opens an address in a context of its own; `faults` is what the page complains about. */
export async function visit(
  browser: Browser,
  address: string,
  { size, theme }: Look,
): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext({ viewport: SIZES[size], colorScheme: theme });
  const page = await context.newPage();
  page.setDefaultTimeout(WAIT_MS);
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('status of')) faults.push(message.text());
  });
  await page.goto(address);
  return { page, faults };
}

/** What axe finds, and whether something sticks out; takes a picture where pictures are wanted. */
export async function blemishes(page: Page, name: string): Promise<readonly string[]> {
  // Colours are measured when nothing moves any more.
  await page.waitForTimeout(600);
  if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  const found = violations.map(({ id, nodes }) => {
    const places = nodes.map((node) => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`);
    return `${id}: ${places.join(' | ')}`;
  });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  return over > 0 ? [...found, `It is ${over} pixels too wide.`] : found;
}
