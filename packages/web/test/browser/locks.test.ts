import type { Server } from 'node:http';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launch } from '../harness/browser.ts';
import { CROWD } from '../harness/crowd.ts';
import type { Scene } from '../harness/server.ts';
import { startHarness } from '../harness/server.ts';
import { blemishes, LOOKS, obstacle, visit } from '../harness/visit.ts';

const reason = await obstacle();
const PATIENCE = { timeout: 600_000 };
/** Rows of the line that may be in the page, however many wait. */
const MOST_ROWS = 60;

describe.skipIf(reason !== undefined)(
  `the page of a lock in a browser${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    let browser: Browser;
    let server: Server;
    let url: string;
    let asked: readonly string[] = [];
    let scene: Scene = 'crowd';

    beforeAll(async () => {
      browser = await launch((await findChromium()) ?? '');
      ({ server, url, asked } = await startHarness(() => scene));
    }, 60_000);

    afterAll(async () => {
      await browser?.close();
      server?.closeAllConnections();
      server?.close();
    });

    it.each(LOOKS)('is accessible and fits: $size, $theme', PATIENCE, async (look) => {
      scene = 'crowd';
      const { page, faults } = await visit(browser, `${url}/default/Demo/locks/1`, look);
      await page.getByText('starts in', { exact: false }).first().waitFor();
      expect(await blemishes(page, `lock-${look.size}-${look.theme}`)).toEqual([]);
      await page.locator('.what-if select').selectOption({ label: '… more or fewer could hold it' });
      await page.getByText('shop-web 20261122.2, Deploy would start at once.').waitFor();
      await page.locator('[data-row="0"]').click();
      const dialog = page.getByRole('dialog', { name: 'shop-web 20261122.2, Deploy' });
      await dialog.getByText('Why it waits').waitFor();
      await dialog.getByText('would start at once').waitFor();
      expect(await blemishes(page, `lock-request-${look.size}-${look.theme}`)).toEqual([]);
      await page.goto(`${url}/default/Demo/locks/1/policy?capacity=3`);
      await page.getByText('Up to 3 at a time', { exact: false }).waitFor();
      await page.getByText('would start at once').waitFor();
      expect(await blemishes(page, `lock-policy-${look.size}-${look.theme}`)).toEqual([]);
      expect(faults).toEqual([]);
      await page.context().close();
    });

    it(
      `has at most ${MOST_ROWS} of ${CROWD} rows in the page, and the keyboard reaches all`,
      PATIENCE,
      async () => {
        scene = 'crowd';
        const { page } = await visit(browser, `${url}/default/Demo/locks/1`, LOOKS[0]!);
        const rows = page.locator('.line-row');
        const first = page.locator('[data-row="0"]');
        await first.waitFor();
        expect(await page.locator('.line-table').getAttribute('aria-rowcount')).toBe(String(CROWD));
        expect(await rows.count()).toBeLessThanOrEqual(MOST_ROWS);
        await first.focus();
        await page.keyboard.press('End');
        const last = page.locator(`[data-row="${CROWD - 1}"]`);
        await last.waitFor();
        await expect.poll(() => last.evaluate((one) => one === document.activeElement)).toBe(true);
        expect(await rows.count()).toBeLessThanOrEqual(MOST_ROWS);
        expect(await last.textContent()).toContain(`20261122.${CROWD + 1}`);
        await page.keyboard.press('PageUp');
        await expect
          .poll(() => page.evaluate(() => Number(document.activeElement?.getAttribute('data-row'))))
          .toBeLessThan(CROWD - 2);
        await page.context().close();
      },
    );

    it('moves a request by keys and by dragging, and asks for the reason first', PATIENCE, async () => {
      scene = 'crowd';
      const { page } = await visit(browser, `${url}/default/Demo/locks/1`, LOOKS[0]!);
      await page.locator('[data-row="1"]').focus();
      await page.keyboard.press('Alt+ArrowUp');
      const dialog = page.getByRole('dialog', { name: 'shop-web 20261122.3, Deploy' });
      await dialog.getByLabel('Reason').fill('the fix first');
      await dialog.getByRole('button', { name: 'Move it' }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(asked.at(-1)).toBe('POST signalbox/bundles/3/move {"reason":"the fix first","before":2}');
      await page.locator('.line-row').nth(3).dragTo(page.locator('.line-row').nth(1));
      const other = page.getByRole('dialog', { name: 'shop-web 20261122.5, Deploy' });
      await other.getByLabel('Reason').fill('this one, too');
      await other.getByRole('button', { name: 'Move it' }).click();
      await other.waitFor({ state: 'detached' });
      expect(asked.at(-1)).toBe('POST signalbox/bundles/5/move {"reason":"this one, too","before":3}');
      await page.context().close();
    });

    it('says what went wrong where a lock is not there, or cannot be read', PATIENCE, async () => {
      scene = 'busy';
      const gone = await visit(browser, `${url}/default/Demo/locks/77`, LOOKS[0]!);
      await gone.page.getByText('The lock 77 is not here').waitFor();
      await gone.page.context().close();
      scene = 'broken';
      const broken = await visit(browser, `${url}/default/Demo/locks/1`, LOOKS[0]!);
      await broken.page.getByText('The server could not do it').waitFor();
      expect(await blemishes(broken.page, 'lock-broken')).toEqual([]);
      await broken.page.context().close();
    });
  },
);
