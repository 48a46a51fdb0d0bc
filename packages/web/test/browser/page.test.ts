import { AxeBuilder } from '@axe-core/playwright';
import type { Server } from 'node:http';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launch } from '../harness/browser.ts';
import type { Scene } from '../harness/server.ts';
import { startHarness } from '../harness/server.ts';

const BUILT = fileURLToPath(new URL('../../dist/index.html', import.meta.url));
const PICTURES = process.env['SIGNALBOX_PICTURES'];
const SIZES = { desktop: { width: 1100, height: 800 }, phone: { width: 400, height: 844 } } as const;
const THEMES = ['light', 'dark'] as const;
/** A machine that has other things to do draws slowly; nothing here is measured in time. */
const PATIENCE = { timeout: 600_000 };
const WAIT_MS = 120_000;

/** Why these tests cannot run here; `undefined` when they can. */
async function obstacle(): Promise<string | undefined> {
  if (process.env['SIGNALBOX_BROWSER_TESTS'] === undefined) return 'SIGNALBOX_BROWSER_TESTS is not set';
  if (!existsSync(BUILT)) return 'packages/web is not built (npx vite build packages/web)';
  return (await findChromium()) === undefined ? 'no Chromium on this machine' : undefined;
}

const reason = await obstacle();

describe.skipIf(reason !== undefined)(
  `the page in a browser${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    let browser: Browser;
    let server: Server;
    let url: string;
    let asked: readonly string[] = [];
    let scene: Scene = 'busy';

    beforeAll(async () => {
      browser = await launch((await findChromium()) ?? '');
      ({ server, url, asked } = await startHarness(() => scene));
    }, 120_000);

    afterAll(async () => {
      await browser?.close();
      server?.closeAllConnections();
      server?.close();
    });

    async function open(
      shown: Scene,
      size: keyof typeof SIZES,
      colorScheme: (typeof THEMES)[number],
    ): Promise<{ page: Page; faults: string[] }> {
      scene = shown;
      const context = await browser.newContext({ viewport: SIZES[size], colorScheme, deviceScaleFactor: 2 });
      const page = await context.newPage();
      page.setDefaultTimeout(WAIT_MS);
      const faults: string[] = [];
      page.on('pageerror', (error) => faults.push(String(error)));
      page.on('console', (message) => {
        if (message.type() === 'error' && !message.text().includes('status of')) faults.push(message.text());
      });
      await page.goto(`${url}/default/Demo/board`);
      return { page, faults };
    }

    async function check(page: Page, name: string): Promise<void> {
      // Colours are measured when nothing moves any more.
      await page.waitForTimeout(600);
      if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `${name}.png`) });
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
        .analyze();
      const found = violations.map(
        ({ id, nodes }) =>
          `${id}: ${nodes.map((node) => `${node.html.slice(0, 160)} ${node.any[0]?.message ?? ''}`).join(' | ')}`,
      );
      expect(found).toEqual([]);
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      expect(overflow).toBeLessThanOrEqual(0);
    }

    const looks = (['desktop', 'phone'] as const).flatMap((size) => THEMES.map((theme) => ({ size, theme })));

    it.each(looks)('is accessible and fits: busy, $size, $theme', PATIENCE, async ({ size, theme }) => {
      const { page, faults } = await open('busy', size, theme);
      await page.getByRole('heading', { name: 'production' }).waitFor();
      await check(page, `busy-${size}-${theme}`);
      await page.locator('#run-45 .run-toggle').click();
      await page.locator('#run-45 .details').waitFor();
      await page.getByText('Contract tests: 11 of 12 tests passed, 1 failed').waitFor();
      await page.getByRole('heading', { name: 'Release 45' }).waitFor();
      await check(page, `open-${size}-${theme}`);
      await page.getByRole('button', { name: /Shift the traffic/ }).click();
      await page.getByText('Fencing token 41').waitFor();
      await check(page, `log-${size}-${theme}`);
      expect(faults).toEqual([]);
      await page.context().close();
    });

    it.each(looks)(
      'is accessible and fits: other scenes, $size, $theme',
      PATIENCE,
      async ({ size, theme }) => {
        for (const other of ['empty', 'signedOut', 'broken'] as const) {
          const { page, faults } = await open(other, size, theme);
          const sign = {
            empty: 'No runs yet',
            signedOut: 'Access token',
            broken: 'The server could not do it',
          };
          await page.getByText(sign[other]).first().waitFor();
          await check(page, `${other}-${size}-${theme}`);
          expect(faults).toEqual([]);
          await page.context().close();
        }
      },
    );

    it.each(looks)('is accessible and fits: approvals, $size, $theme', PATIENCE, async ({ size, theme }) => {
      const { page, faults } = await open('asking', size, theme);
      await page
        .getByText(/starts in \d+–\d+ s/)
        .first()
        .waitFor();
      await page.getByText('takes effect when Migrate the database is over').waitFor();
      await check(page, `asking-${size}-${theme}`);
      await page.getByRole('button', { name: 'Review the approvals of run 20261122.50' }).click();
      const dialog = page.getByRole('dialog', { name: 'Approvals of run 20261122.50' });
      await dialog.getByText('Approve all 2 of mine').waitFor();
      await dialog.getByText('only the group editors may decide').waitFor();
      await check(page, `approvals-${size}-${theme}`);
      await dialog.getByRole('button', { name: 'Approve', exact: true }).first().click();
      await dialog.getByText('The place of Ada Lovelace is decided already.').waitFor();
      expect(faults).toEqual([]);
      await page.context().close();
    });

    it.each(looks)('is accessible and fits: operators, $size, $theme', PATIENCE, async ({ size, theme }) => {
      const { page, faults } = await open('asking', size, theme);
      await page.getByRole('button', { name: 'Force cancel run 20261122.49' }).click();
      await page.getByRole('dialog', { name: 'End run 20261122.49 by force?' }).waitFor();
      await check(page, `force-${size}-${theme}`);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Act on shop-web 20261122.46' }).click();
      await page.getByRole('radio', { name: 'Move it' }).check();
      await page.getByLabel('Its new place').waitFor();
      await check(page, `operate-${size}-${theme}`);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Freeze production' }).click();
      await page.getByLabel('Branches that pass').waitFor();
      await check(page, `freeze-${size}-${theme}`);
      expect(faults).toEqual([]);
      await page.context().close();
    });

    it.each(looks)('is accessible and fits: checks, $size, $theme', PATIENCE, async ({ size, theme }) => {
      const { page, faults } = await open('checked', size, theme);
      await page.locator('#run-51 .run-toggle').click();
      const checks = page.locator('#run-51 .check-list').first();
      await checks.getByText('until Mon 23 Nov 08:00 Europe/Berlin').waitFor();
      await check(page, `checks-${size}-${theme}`);
      await checks.getByRole('button', { name: 'Act on oldest run of production' }).click();
      await page.getByRole('radio', { name: 'Put it off' }).check();
      await page.getByLabel('Not before').waitFor();
      await check(page, `check-${size}-${theme}`);
      expect(faults).toEqual([]);
      await page.context().close();
    });

    it('decides, bypasses and permits, each with what was said', PATIENCE, async () => {
      const { page, faults } = await open('checked', 'desktop', 'light');
      await page.getByRole('button', { name: 'Review the approvals of run 20261122.50' }).click();
      const dialog = page.getByRole('dialog', { name: 'Approvals of run 20261122.50' });
      expect(await dialog.getByRole('link', { name: 'the runbook' }).getAttribute('href')).toBe(
        'https://example.org/runbook',
      );
      expect(await dialog.getByRole('link').count()).toBe(1);
      await dialog.getByLabel('Comment, if you like').first().fill('looks good');
      await dialog.getByRole('button', { name: 'Approve', exact: true }).first().click();
      await dialog.getByText('Approved: Deploy production on production.').waitFor();
      await page.keyboard.press('Escape');
      await page.locator('#run-51 .run-toggle').click();
      await page.getByRole('button', { name: 'Act on Business hours of production' }).press('Enter');
      const hours = page.getByRole('dialog', { name: 'Business hours of production' });
      await hours.getByText('until Mon 23 Nov 08:00 Europe/Berlin').waitFor();
      await hours.getByLabel('Reason').fill('the hotfix cannot wait');
      await page.keyboard.press('Enter');
      await hours.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Act on Permission of vault' }).click();
      await page.getByRole('button', { name: 'Permit the pipeline' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(asked.slice(-3)).toEqual([
        'PATCH pipelines/approvals [{"approvalId":"a-1","status":"approved","comment":"looks good"}]',
        'PATCH pipelines/checks/runs/suite-1 {"action":"bypass","checkId":"c-hours","comment":"the hotfix cannot wait"}',
        'PATCH pipelines/pipelinePermissions/variablegroup/4 {"pipelines":[{"id":1,"authorized":true}]}',
      ]);
      expect(faults).toEqual([]);
      await page.context().close();
    });

    it('shows a reader why not, and no buttons that would be refused', PATIENCE, async () => {
      const { page } = await open('reader', 'desktop', 'light');
      await page.getByRole('button', { name: 'Review the approvals of run 20261122.50' }).click();
      const dialog = page.getByRole('dialog', { name: 'Approvals of run 20261122.50' });
      await dialog.getByText('Your role, reader, may not decide approvals.').first().waitFor();
      expect(await dialog.getByRole('button', { name: /Approve|Reject/ }).count()).toBe(0);
      await page.keyboard.press('Escape');
      expect(await page.getByRole('button', { name: /^(Force cancel|Freeze|Act on)/ }).count()).toBe(0);
      expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Review');
      await page.context().close();
    });

    it('keeps a mistake in one part of the page inside of it', PATIENCE, async () => {
      const { page, faults } = await open('odd', 'desktop', 'light');
      await page.locator('#run-45 .run-toggle').click();
      const trouble = page.locator('#run-45').getByRole('alert');
      await trouble.getByText('Something went wrong on this page').waitFor();
      expect(await page.getByRole('heading', { name: 'production' }).isVisible()).toBe(true);
      expect(faults.length).toBeGreaterThan(0);
      await page.context().close();
    });

    it('works with the keyboard alone', PATIENCE, async () => {
      const { page, faults } = await open('busy', 'desktop', 'light');
      await page.getByRole('heading', { name: 'production' }).waitFor();
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
      await check(page, 'help-desktop-light');
      await page.keyboard.press('Escape');
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      expect(await page.evaluate(() => document.activeElement?.getAttribute('data-run'))).toBe('45');
      await page.locator('#run-45 .details').waitFor();
      await page.keyboard.press('c');
      await page.getByRole('dialog', { name: 'Cancel run 20261122.45?' }).waitFor();
      await check(page, 'cancel-desktop-light');
      await page.keyboard.press('Escape');
      await page.keyboard.press('q');
      await page.getByRole('dialog', { name: 'Queue a run' }).waitFor();
      await check(page, 'queue-desktop-light');
      await page.keyboard.press('Escape');
      await page.keyboard.press('t');
      await page.keyboard.press('/');
      await page.keyboard.type('billing');
      await page.locator('#run-46').waitFor({ state: 'detached' });
      expect(await page.locator('.run').count()).toBe(3);
      expect(faults).toEqual([]);
      await page.context().close();
    });
  },
);
