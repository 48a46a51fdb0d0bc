import { AxeBuilder } from '@axe-core/playwright';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** A folder for a picture of everything that is looked at; absent: none are taken. */
const PICTURES = process.env['SIGNALBOX_PICTURES'];
const SIZES = { desktop: { width: 1280, height: 900 }, phone: { width: 400, height: 844 } } as const;
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What a theme can break; everything else is the same in light and dark. */
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

/** How a page is looked at. */
export interface Look {
  readonly size: keyof typeof SIZES;
  readonly theme: 'light' | 'dark';
}

/** Every size in every theme. The first is how pages are opened. */
const LOOKS: readonly Look[] = (['desktop', 'phone'] as const).flatMap((size) =>
  (['light', 'dark'] as const).map((theme) => ({ size, theme })),
);

/** Shows a loaded page in another size and theme. */
async function lookAt(page: Page, { size, theme }: Look): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
  await page.setViewportSize(SIZES[size]);
}

/**
 * Looks at one loaded page in every size and theme, and expects that axe finds nothing and that nothing sticks out.
 * Ends in the look in which pages are opened. `name` is that of the pictures, where `SIGNALBOX_PICTURES` names a folder.
 */
export async function eachLook(page: Page, name: string): Promise<void> {
  const found: string[] = [];
  for (const look of LOOKS) {
    await lookAt(page, look);
    const title = `${name}-${look.size}-${look.theme}`;
    const rules = look.theme === 'light' ? undefined : OF_COLOURS;
    found.push(...(await blemishes(page, title, rules)).map((one) => `${title}: ${one}`));
  }
  await lookAt(page, LOOKS[0] ?? { size: 'desktop', theme: 'light' });
  expect(found).toEqual([]);
}

/** What axe finds (by these rules, or by all), and whether something sticks out to the right. */
async function blemishes(page: Page, name: string, rules?: readonly string[]): Promise<readonly string[]> {
  await settled(page);
  if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
  const axe = new AxeBuilder({ page });
  const { violations } = await (
    rules === undefined ? axe.withTags(TAGS) : axe.withRules([...rules])
  ).analyze();
  const found = violations.map(({ id, nodes }) => {
    const places = nodes.map((node) => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`);
    return `${id}: ${places.join(' | ')}`;
  });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  return over > 0 ? [...found, `It is ${over} pixels too wide.`] : found;
}

/** Colours are measured when nothing moves any more; what turns for ever does not count. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const moving = document
      .getAnimations()
      .filter((one) => one.effect?.getComputedTiming().iterations !== Infinity);
    await Promise.allSettled(moving.map((one) => one.finished));
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  });
}
