import type { Server } from 'node:http';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium, launch } from '../harness/browser.ts';
import type { Scene } from '../harness/server.ts';
import { startHarness } from '../harness/server.ts';
import { blemishes, LOOKS, obstacle, visit } from '../harness/visit.ts';

const reason = await obstacle();
const PATIENCE = { timeout: 600_000 };

describe.skipIf(reason !== undefined)(
  `the pages of settings in a browser${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    let browser: Browser;
    let server: Server;
    let url: string;
    let asked: readonly string[] = [];
    let scene: Scene = 'busy';

    beforeAll(async () => {
      browser = await launch((await findChromium()) ?? '');
      ({ server, url, asked } = await startHarness(() => scene));
    }, 60_000);

    afterAll(async () => {
      await browser?.close();
      server?.closeAllConnections();
      server?.close();
    });

    async function go(page: Page, to: string): Promise<void> {
      await page.goto(`${url}/default/Demo/${to}`);
    }

    it.each([
      [
        'empty',
        ['pools', 'library', 'people', 'notifications', 'triggers', 'audit'],
        /No .* yet|nothing yet|yet$/,
      ],
      ['broken', ['pools', 'library', 'people', 'notifications', 'triggers', 'audit'], /could not do it/],
      ['reader', ['people', 'notifications', 'audit'], /Your role does not allow this/],
    ] as const)('say what is the matter: %s', PATIENCE, async (shown, places, text) => {
      scene = shown;
      const { page } = await visit(browser, `${url}/default/Demo/pools`, LOOKS[0]!);
      for (const to of places) {
        await go(page, to);
        await page.locator('#main').getByText(text).first().waitFor();
        expect(await blemishes(page, `manage-${shown}-${to}`)).toEqual([]);
      }
      await page.context().close();
    });

    it('adds an agent and a token, each with a secret that is shown once', PATIENCE, async () => {
      scene = 'busy';
      const { page } = await visit(browser, `${url}/default/Demo/pools/1`, LOOKS[0]!);
      await page.getByRole('button', { name: 'Make a token and show the command' }).click();
      await page.getByText('npx signalbox agent --url').waitFor();
      expect(asked.at(-1)).toBe(
        'POST signalbox/tokens {"name":"agents of Linux","role":"agent","pool":"Linux"}',
      );
      await go(page, 'people');
      await page.getByLabel('What for').fill('my laptop');
      await page.getByRole('button', { name: 'Make the token' }).click();
      await page.getByText('Choose what the token may do.').waitFor();
      await page.getByRole('checkbox', { name: 'decide approvals' }).check();
      await page.getByRole('button', { name: 'Make the token' }).click();
      await page.getByText('sbx_7f3b0f1c9a5d4e2b8c6a1d0e9f8b7c6a').waitFor();
      expect(asked.at(-1)).toBe(
        'POST signalbox/tokens {"name":"my laptop","scopes":["signalbox.approvals"],"expiresInDays":90}',
      );
      await page.reload();
      await page.getByText('agents of Linux').waitFor();
      expect(await page.getByText('sbx_').count()).toBe(0);
      await page.context().close();
    });

    it('replaces a variable, keeps the secret, and says why a group stays', PATIENCE, async () => {
      scene = 'busy';
      const { page } = await visit(browser, `${url}/default/Demo/library/groups/4`, LOOKS[0]!);
      const rows = page.getByRole('list', { name: 'Variables' }).getByRole('listitem');
      await rows.nth(1).getByLabel('Value').fill('us-east');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Saved.').waitFor();
      expect(asked.at(-1)).toBe(
        'PUT distributedtask/variablegroups/4 {"name":"vault","type":"Vsts","description":"What the deployment needs","variables":{"password":{"value":null,"isSecret":true},"region":{"value":"us-east"}}}',
      );
      scene = 'odd';
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Katherine Johnson changed the group after you opened it').waitFor();
      await page.getByRole('button', { name: 'Delete the variable group vault' }).click();
      const dialog = page.getByRole('dialog', { name: 'Delete the variable group vault?' });
      await dialog.getByRole('button', { name: 'Delete' }).click();
      await dialog.getByText('VariableGroupInUseException').waitFor();
      await dialog.getByText('used by the check “change number” of production').waitFor();
      await page.context().close();
    });

    it('disables an agent, sends a delivery again, decides the journal again', PATIENCE, async () => {
      scene = 'busy';
      const { page } = await visit(browser, `${url}/default/Demo/pools/1`, LOOKS[0]!);
      await page.getByRole('button', { name: 'Disable build-2' }).click();
      await expect
        .poll(() => asked.at(-1))
        .toBe('PATCH distributedtask/pools/1/agents/2 {"id":2,"enabled":false}');
      await go(page, 'notifications/s1');
      await page.getByRole('button', { name: 'Send delivery 1 again' }).click();
      await expect.poll(() => asked.at(-1)).toBe('POST signalbox/notifications/s1/deliveries/1/redeliver {}');
      await go(page, 'audit');
      await page.getByRole('button', { name: 'Decide it again' }).click();
      await page.getByText('Every decision comes out the same').waitFor();
      await page.getByLabel('Kind').selectOption('released');
      await expect.poll(() => page.locator('.table tbody tr').count()).toBe(1);
      await page.context().close();
    });
  },
);
