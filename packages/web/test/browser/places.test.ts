import type { Server } from 'node:http';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launch } from '../harness/browser.ts';
import { startHarness } from '../harness/server.ts';
import { blemishes, LOOKS, obstacle, visit } from '../harness/visit.ts';

const reason = await obstacle();
const PATIENCE = { timeout: 600_000 };

describe.skipIf(reason !== undefined)(
  `environments and approvals in a browser${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    let browser: Browser;
    let server: Server;
    let url: string;
    let asked: readonly string[] = [];

    beforeAll(async () => {
      browser = await launch((await findChromium()) ?? '');
      ({ server, url, asked } = await startHarness(() => 'places'));
    }, 60_000);

    afterAll(async () => {
      await browser?.close();
      server?.closeAllConnections();
      server?.close();
    });

    it.each(LOOKS)('are accessible and fit: $size, $theme', PATIENCE, async (look) => {
      const name = (part: string): string => `${part}-${look.size}-${look.theme}`;
      const { page, faults } = await visit(browser, `${url}/default/Demo/environments`, look);
      await page.getByRole('link', { name: 'production', exact: true }).waitFor();
      expect(await blemishes(page, name('environments'))).toEqual([]);
      await page.getByRole('link', { name: 'production', exact: true }).click();
      await page.getByText('1 yes of Ada Lovelace, the group ops').waitFor();
      await page.getByRole('link', { name: 'billing-api 20261122.42' }).first().waitFor();
      await page.getByText('the group ops User').waitFor();
      await page.getByRole('button', { name: 'Permit it' }).waitFor();
      expect(await blemishes(page, name('environment'))).toEqual([]);
      await page.getByRole('button', { name: 'Edit Approval' }).click();
      await page.getByRole('dialog', { name: 'Approval' }).waitFor();
      expect(await blemishes(page, name('check'))).toEqual([]);
      await page.goto(`${url}/default/Demo/approvals`);
      await page.getByRole('heading', { name: 'For you to decide' }).waitFor();
      await page.getByText('shop-web 20261122.49, Deploy would give way to a newer run.').first().waitFor();
      expect(await blemishes(page, name('approvals'))).toEqual([]);
      expect(faults).toEqual([]);
      await page.context().close();
    });

    it('say so when somebody else has changed a check, and keep what was typed', PATIENCE, async () => {
      const { page } = await visit(browser, `${url}/default/Demo/environments/1`, LOOKS[0]!);
      await page.getByRole('button', { name: 'Edit Approval' }).click();
      const dialog = page.getByRole('dialog', { name: 'Approval' });
      await dialog.getByLabel('Instructions, in Markdown').fill('Look twice.');
      await dialog.getByRole('button', { name: 'Save it' }).click();
      await dialog.getByText('somebody changed it; read it again').waitFor();
      expect(await dialog.getByLabel('Instructions, in Markdown').inputValue()).toBe('Look twice.');
      expect(asked.at(-1)).toContain('PATCH pipelines/checks/configurations/1000000001 {"version":1,');
      await page.context().close();
    });

    it('approve several at once with one comment', PATIENCE, async () => {
      const { page } = await visit(browser, `${url}/default/Demo/approvals`, LOOKS[0]!);
      for (const run of [50, 51])
        await page.getByLabel(`Choose Deploy on production, shop-web 20261122.${run}`).check();
      await page.getByPlaceholder('Comment for all of them').fill('seen');
      await page.getByRole('button', { name: 'Approve 2 chosen ones' }).click();
      await page.getByText('Approved: Deploy on production, shop-web').waitFor();
      const sent = asked.findLast((one) => one.startsWith('PATCH pipelines/approvals'));
      expect(sent).toContain('"approvalId":"a","status":"approved","comment":"seen"');
      expect(sent).toContain('"approvalId":"b","status":"approved","comment":"seen"');
      await page.context().close();
    });

    it('lead to the button that approves with a key, and never approve by it', PATIENCE, async () => {
      const { page } = await visit(browser, `${url}/default/Demo/approvals`, LOOKS[0]!);
      await page.getByRole('heading', { name: 'For you to decide' }).waitFor();
      const before = asked.length;
      await page.keyboard.press('a');
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe('Approve');
      expect(asked.slice(before).filter((one) => one.startsWith('PATCH'))).toEqual([]);
      await page.context().close();
    });
  },
);
