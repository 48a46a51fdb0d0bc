import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launch } from '../harness/browser.ts';
import type { Harness, Scene } from '../harness/server.ts';
import { startHarness } from '../harness/server.ts';
import type { Look } from '../harness/visit.ts';
import { blemishes, LOOKS, obstacle, visit } from '../harness/visit.ts';

/** A machine that has other things to do draws slowly; nothing here is measured in time. */
const PATIENCE = { timeout: 600_000 };
const DESK: Look = { size: 'desktop', theme: 'light' };

/** Every page with its address, and a text that is there when it is drawn. */
const PLACES: readonly (readonly [name: string, path: string, sign: string, scene?: Scene])[] = [
  ['home', '', 'shop-web 20261122.43 failed'],
  ['home-empty', '', 'Nothing needs you', 'empty'],
  ['pipelines', '/pipelines', 'billing-api'],
  ['pipelines-empty', '/pipelines', 'No pipelines yet', 'empty'],
  ['pipeline', '/pipelines/1', 'Search its runs'],
  ['queue-form', '/pipelines/1/queue', 'Number of the change'],
  ['runs', '/runs', 'Nightly rates'],
  ['runs-empty', '/runs', 'No runs yet', 'empty'],
  ['run', '/runs/46', 'Integration tests'],
  ['run-checks', '/runs/51', 'Branch control of production', 'checked'],
  ['run-log', '/runs/45', 'Fencing token 41 is accepted'],
  ['run-timeline', '/runs/45/timeline', 'Migrate the database'],
  ['run-results', '/runs/45/results', 'Contract tests'],
  ['run-changes', '/runs/46/changes', 'Fix rounding of gift vouchers'],
  ['run-yaml', '/runs/46/yaml', 'templates/deploy.yml'],
  ['not-found', '/nothing', 'is not here'],
];

const reason = await obstacle();

describe.skipIf(reason !== undefined)(
  `pipelines and runs in a browser${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    let browser: Browser;
    let harness: Harness;
    let scene: Scene = 'busy';

    beforeAll(async () => {
      browser = await launch((await findChromium()) ?? '');
      harness = await startHarness(() => scene);
    }, 60_000);

    afterAll(async () => {
      await browser?.close();
      harness?.server.closeAllConnections();
      harness?.server.close();
    });

    async function open(
      path: string,
      look = DESK,
      shown: Scene = 'busy',
    ): Promise<{ page: Page; faults: string[] }> {
      scene = shown;
      return visit(browser, `${harness.url}/default/Demo${path}`, look);
    }

    // Each size and each theme once: the four together take twice as long.
    const both = LOOKS.filter(({ size, theme }) => (size === 'desktop') === (theme === 'light'));
    const looks = both.flatMap((look) => PLACES.map(([name]) => ({ name, ...look })));

    it.each(looks)('is accessible and fits: $name, $size, $theme', PATIENCE, async ({ name, ...look }) => {
      const [, path = '', sign = '', shown] = PLACES.find(([one]) => one === name) ?? [];
      const { page, faults } = await open(path, look, shown);
      await page.getByText(sign).first().waitFor();
      expect(await blemishes(page, `${name}-${look.size}-${look.theme}`)).toEqual([]);
      expect(faults).toEqual([]);
      await page.context().close();
    });

    it('goes from page to page with the keyboard, says where it is, and goes back', PATIENCE, async () => {
      const { page, faults } = await open('');
      await page.getByText('shop-web 20261122.43 failed').waitFor();
      await page.keyboard.press('g');
      await page.keyboard.press('r');
      await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor();
      await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
      expect([new URL(page.url()).pathname, await page.title()]).toEqual([
        '/default/Demo/runs',
        'Runs · Demo · Signalbox',
      ]);
      await page.keyboard.press('/');
      await page.keyboard.type('vouchers');
      await page.getByText('Nightly rates').waitFor({ state: 'detached' });
      expect(new URL(page.url()).search).toBe('?text=vouchers');
      await page.getByRole('heading', { level: 1 }).focus();
      await page.keyboard.press('j');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'shop-web 20261122.48', level: 1 }).waitFor();
      await page.goBack();
      await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor();
      expect(new URL(page.url()).search).toBe('?text=vouchers');
      await page.keyboard.press('?');
      await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
      expect(faults).toEqual([]);
      await page.context().close();
    });

    it('costs little to open: at most 250 kB, gzipped', PATIENCE, async () => {
      const context = await browser.newContext();
      const page = await context.newPage();
      const sizes: Promise<number>[] = [];
      page.on('response', (response) => {
        const isFile = /\.(?:js|css|svg)$/.test(response.url()) || response.url().endsWith('/Demo');
        if (isFile) sizes.push(response.body().then((body) => gzipSync(body).length));
      });
      scene = 'busy';
      await page.goto(`${harness.url}/default/Demo`);
      await page.getByText('shop-web 20261122.43 failed').waitFor();
      const bytes = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
      console.log(`The first load has ${sizes.length} files and ${Math.ceil(bytes / 1000)} kB, gzipped.`);
      expect(sizes.length).toBeGreaterThan(2);
      expect(bytes).toBeLessThanOrEqual(250_000);
      await context.close();
    });

    it('leads from addresses of Azure and of old mails to the run', PATIENCE, async () => {
      for (const path of ['/default/Demo/_build/results?buildId=46&view=results', '/?project=Demo#run-46']) {
        const { page } = await visit(browser, `${harness.url}${path}`, DESK);
        await page.getByRole('heading', { name: 'shop-web 20261122.46', level: 1 }).waitFor();
        expect(page.url()).toBe(`${harness.url}/default/Demo/runs/46`);
        await page.context().close();
      }
    });

    it('keeps a search under a name', PATIENCE, async () => {
      const { page } = await open('/runs');
      await page.getByRole('button', { name: 'Failed' }).click();
      await page.getByText('Nightly rates').waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Save this view' }).click();
      await page.getByLabel('Name of the view').fill('what failed');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'All', exact: true }).click();
      await page.getByText('Nightly rates').waitFor();
      await page.reload();
      await page.getByRole('link', { name: 'what failed' }).click();
      await page.getByText('Nightly rates').waitFor({ state: 'detached' });
      expect(new URL(page.url()).search).toBe('?state=failed');
      await page.context().close();
    });

    it('queues a run with what the form asks for', PATIENCE, async () => {
      const { page } = await open('/pipelines/1/queue?branch=main');
      await page.getByLabel('Where to').selectOption('production');
      await page.getByLabel('Number of the change').fill('C-7');
      await page.getByLabel('Deploy production').uncheck();
      await page.getByLabel('One to a line').fill('level=high');
      await page.getByRole('button', { name: 'Queue the run' }).click();
      await page.getByRole('heading', { name: 'shop-web 20261122.48', level: 1 }).waitFor();
      const sent = harness.asked.findLast((one) => one.startsWith('POST pipelines/1/runs')) ?? '';
      expect(JSON.parse(sent.slice(sent.indexOf('{')))).toEqual({
        resources: { repositories: { self: { refName: 'main' } } },
        variables: { level: { value: 'high' } },
        templateParameters: { target: 'production', ticket: 'C-7' },
        stagesToSkip: ['Deploy'],
      });
      await page.context().close();
    });

    it('shows a stage of the graph and its log, searches it, and links to a line', PATIENCE, async () => {
      const { page, faults } = await open('/runs/45');
      await page.getByRole('link', { name: /^Build/ }).click();
      await page.getByRole('button', { name: /Run the script/ }).waitFor();
      expect(new URL(page.url()).pathname).toBe('/default/Demo/runs/45/stages/Build');
      await page.getByText('all instances answer').waitFor();
      await page.getByLabel('Search in the log').fill('traffic');
      await page.keyboard.press('Enter');
      await page.getByText('1 of 3').waitFor();
      await page.keyboard.press('Escape');
      await page.keyboard.press('f');
      await page.getByRole('link', { name: 'Line 12' }).click();
      expect(new URL(page.url()).hash).toBe('#L12');
      expect(await page.locator('.log-target').getAttribute('data-line')).toBe('12');
      expect(faults).toEqual([]);
      await page.context().close();
    });

    it('draws few rows of a log of a million lines, and reaches every one', PATIENCE, async () => {
      const { page, faults } = await open('/runs/45/log/99#L500000');
      const rows = page.locator('.log-line');
      await page.getByText('line 500000', { exact: true }).waitFor();
      expect(await rows.count()).toBeLessThanOrEqual(60);
      const log = page.getByRole('region', { name: 'Log lines' });
      await log.press('End');
      await page.getByText('line 1000000', { exact: true }).waitFor();
      await log.press('PageUp');
      await log.press('Home');
      await page.getByText('line 1', { exact: true }).waitFor();
      await log.hover();
      await page.mouse.wheel(0, 200);
      await page.getByText('line 11', { exact: true }).waitFor();
      expect(await rows.count()).toBeLessThanOrEqual(60);
      expect(faults).toEqual([]);
      await page.context().close();
    });

    it('asks before it cancels a stage, and names it', PATIENCE, async () => {
      const { page } = await open('/runs/46');
      await page.getByRole('button', { name: 'Cancel Deploy production' }).click();
      await page.getByRole('dialog', { name: 'Cancel Deploy production?' }).waitFor();
      await page.getByRole('button', { name: 'Cancel the stage' }).click();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(harness.asked.at(-1)).toBe('PATCH build/builds/46/stages/Deploy {"state":"cancel"}');
      await page.context().close();
    });
  },
);
