import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { storeCrowd } from '../support/crowd.ts';
import { startSignalbox, type Signalbox } from '../support/signalbox.ts';
import { eachLook } from './support/looks.ts';
import { newPlace, placeAt, type Place } from './support/place.ts';
import { describeInBrowser } from './support/visit.ts';

const CROWD = 10_000;
const MOST_ROWS = 60;
const MOST_BYTES = 250_000;
const PATIENCE = { timeout: 60_000 };

describeInBrowser('what has no end', (open) => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'signalbox-crowd-'));
  let box: Signalbox | undefined;
  let place: Place;

  // A server of its own: its data is there before it starts, and its 10,000 would be in the way of others.
  beforeAll(async () => {
    if ('obstacle' in inject('chromium')) return;
    await storeCrowd(dataFolder, 'Crowd', CROWD);
    box = await startSignalbox({ agents: 0, dataFolder, requestRate: 20_000 });
    place = placeAt(box, { name: 'Crowd', repository: '', pipelines: {} });
  });

  afterAll(async () => {
    await box?.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  it('is a line of which the page has at most 60 rows, and keys reach the last', async () => {
    const { page } = await open(place.at('locks/1'), { token: box?.token ?? '' });
    const rows = page.locator('.line-row');
    const first = page.locator('[data-row="0"]');
    await first.waitFor();
    expect(await page.locator('.line-table').getAttribute('aria-rowcount')).toBe(String(CROWD));
    expect(await rows.count()).toBeLessThanOrEqual(MOST_ROWS);
    await first.focus();
    await page.keyboard.press('End');
    const last = page.locator(`[data-row="${CROWD - 1}"]`);
    await last.waitFor();
    await expect.poll(() => last.evaluate((one) => one === document.activeElement), PATIENCE).toBe(true);
    await expect.poll(() => last.textContent(), PATIENCE).toContain(`deployment ${CROWD}`);
    expect(await rows.count()).toBeLessThanOrEqual(MOST_ROWS);
  });

  it('is scrolled through without ever having more rows', async () => {
    const { page } = await open(place.at('locks/1'), { token: box?.token ?? '' });
    await page.locator('[data-row="0"]').waitFor();
    const most = await page.locator('.line-table').evaluate(async (table) => {
      const scroller = [table, ...ancestors(table)].find((one) => one.scrollHeight > one.clientHeight + 1000);
      if (scroller === undefined) throw new Error('Nothing scrolls.');
      let seen = 0;
      for (let step = 0; step <= 50; step += 1) {
        scroller.scrollTop = (scroller.scrollHeight * step) / 50;
        await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
        seen = Math.max(seen, document.querySelectorAll('.line-row').length);
      }
      return seen;

      function ancestors(element: Element): Element[] {
        const parent = element.parentElement;
        return parent === null ? [] : [parent, ...ancestors(parent)];
      }
    });
    expect(most).toBeGreaterThan(5);
    expect(most).toBeLessThanOrEqual(MOST_ROWS);
    await page.locator(`[data-row="${CROWD - 1}"]`).waitFor();
    await eachLook(page, 'lock-crowd');
  });

  it('is not the first load: at most 250 kB, gzipped', async () => {
    const first = await newPlace('First load');
    const { page, context } = await open(first.at());
    const devTools = await context.newCDPSession(page);
    await devTools.send('Network.setCacheDisabled', { cacheDisabled: true });
    const sizes: Promise<number>[] = [];
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      const isFile = /\.(?:js|css|svg|woff2)$/.test(pathname) || response.request().isNavigationRequest();
      if (isFile) sizes.push(response.body().then((body) => gzipSync(body).length));
    });
    await page.reload();
    await page.getByRole('heading', { level: 1 }).waitFor();
    const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    console.log(`The first load has ${sizes.length} files and ${Math.ceil(bytes / 1000)} kB, gzipped.`);
    expect(sizes.length).toBeGreaterThan(2);
    expect(bytes).toBeLessThanOrEqual(MOST_BYTES);
  });
});
