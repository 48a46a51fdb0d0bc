import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Route } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort, startSignalbox } from '../support/signalbox.ts';
import { eachLook } from './support/looks.ts';
import { newGate, newPlace, placeAt, theServer, type Place } from './support/place.ts';
import { describeInBrowser, newToken } from './support/visit.ts';

const GATES = Array.from({ length: 4 }, newGate);

const held = (index: number): string => `
trigger: none
pool: Default
stages:
  - stage: Hold
    jobs: [{ job: A, steps: [{ checkout: none }, { bash: '${GATES[index]?.wait}' }] }]
  - stage: Later
    trigger: manual
    jobs: [{ job: B, steps: [{ checkout: none }, { bash: echo later }] }]
`;

describeInBrowser('bad weather', (open) => {
  let place: Place;

  beforeAll(async () => {
    place = await newPlace('Weather', {
      'held-0.yml': held(0),
      'held-1.yml': held(1),
      'held-2.yml': held(2),
      'plain.yml': 'trigger: none\npool: Default\nsteps:\n  - checkout: none\n  - script: echo fine\n',
    });
  });

  afterAll(() => {
    for (const gate of GATES) gate.open();
  });

  it('a session that ended asks to sign in, and goes on where one was', async () => {
    const { page, context } = await open(place.at('runs'));
    await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor();
    const origin = new URL(place.at()).origin;
    const left = await context.request.post(`${origin}/signout`, { headers: { 'x-signalbox-request': '1' } });
    expect(left.status()).toBe(204);
    await page.getByRole('link', { name: 'Queue a run' }).click();
    const token = page.getByLabel('Access token');
    await token.waitFor();
    await eachLook(page, 'sign-in');
    await token.fill('wrong-token-0123456789');
    await page.keyboard.press('Enter');
    await page.getByText('This token is not valid').waitFor();
    await token.fill(theServer().token);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Pipelines', level: 1 }).waitFor();
    expect(page.url()).toBe(place.at('pipelines'));
    expect(page.url()).not.toContain(theServer().token);
    const stored = await page.evaluate(() =>
      JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage)]),
    );
    expect(stored).not.toContain(theServer().token);
  });

  it('a role that is taken away in the middle: the page says so, and keeps standing', async () => {
    const name = 'the one who leaves';
    const { page } = await open(place.at(), { token: await newToken(name, 'contributor') });
    const run = await place.queue('held-0');
    await place.whenStage(run, 'Hold', 'running');
    await page.goto(place.at(`runs/${run}`));
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await place.client.giveRole({ kind: 'user', name, role: 'reader' });
    await place.client.takeRole({ kind: 'user', name, role: 'contributor' });
    await page.getByRole('button', { name: 'Cancel the run' }).click();
    await page.getByText('Your role does not allow this').waitFor();
    await eachLook(page, 'forbidden');
    expect((await place.run(run)).status).toBe('inProgress');
    await page.keyboard.press('Escape');
    await page.reload();
    await page.getByRole('heading', { name: /^held-0/, level: 1 }).waitFor();
    expect(await page.getByRole('button', { name: 'Cancel', exact: true }).count()).toBe(0);
    GATES[0]?.open();
    await place.whenOver(run).catch(() => undefined);
  });

  it('two people who do the same: the second is told, and both see how it is', async () => {
    const run = await place.queue('held-1');
    await place.whenStage(run, 'Hold', 'running');
    const address = place.at(`runs/${run}/stages/Later`);
    const [one, other] = [await open(address), await open(address, { as: 'contributor' })];
    for (const { page } of [one, other]) {
      await page.getByRole('button', { name: 'Start Later' }).click();
      await page.getByRole('dialog', { name: 'Run Later by hand?' }).waitFor();
    }
    await one.page.getByRole('button', { name: 'Start the stage' }).click();
    await one.page.getByRole('dialog').waitFor({ state: 'detached' });
    await place.whenStage(run, 'Later', 'completed');
    await other.page.getByRole('button', { name: 'Start the stage' }).click();
    await other.page.getByRole('dialog').getByText('The server refused').waitFor();
    await other.page.keyboard.press('Escape');
    for (const { page } of [one, other]) {
      await page.getByRole('link', { name: /^Later.*succeeded/ }).waitFor();
      expect(await page.getByRole('button', { name: 'Start Later' }).count()).toBe(0);
    }
    expect((await place.run(run)).stages.find(({ name }) => name === 'Later')?.attempt).toBe(1);
    GATES[1]?.open();
    await place.whenOver(run);
  });

  it('without a network: what was asked for is not lost in silence, and works when it is back', async () => {
    const run = await place.queue('held-2');
    await place.whenStage(run, 'Hold', 'running');
    const { page, context } = await open(place.at(`runs/${run}`));
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await context.setOffline(true);
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Cancel the run' }).click();
    await dialog.getByText('The server does not answer').waitFor();
    await eachLook(page, 'offline');
    await context.setOffline(false);
    await dialog.getByRole('button', { name: 'Cancel the run' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.locator('.heading-state').getByText('canceled').waitFor();
    GATES[2]?.open();
  });

  it('a slow network: says what it reads, then shows it', async () => {
    const { page, context } = await open(place.at('nothing'));
    const line = await context.newCDPSession(page);
    await line.send('Network.enable');
    await line.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 300,
      downloadThroughput: 100_000,
      uploadThroughput: 50_000,
    });
    await page.goto(place.at('runs'), { waitUntil: 'commit' });
    await page
      .getByText(/^Reading .* …$/)
      .first()
      .waitFor({ state: 'attached' });
    await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
  });

  it('an answer that nobody expects: the mistake stays in its part of the page', async () => {
    const run = await place.queue('plain');
    await place.whenOver(run);
    const { page, faults } = await open(place.at(`runs/${run}`));
    await page.getByRole('navigation', { name: 'Stages' }).waitFor();
    await page.route('**/changes?*', (route) => route.fulfill({ json: { count: 1, value: [{ id: 7 }] } }));
    await page.getByRole('link', { name: 'Changes' }).click();
    await page.getByRole('alert').getByText('Something went wrong on this page').waitFor();
    expect(await page.getByRole('heading', { name: /^plain/, level: 1 }).isVisible()).toBe(true);
    await page.getByRole('link', { name: 'Timeline' }).click();
    await page.getByRole('table', { name: 'Timeline' }).waitFor();
    expect(faults.length).toBeGreaterThan(0);
    faults.length = 0;
  });

  it('a server that fails: says so, and reads again when one asks', async () => {
    const { page } = await open(place.at('nothing'));
    const fails = (route: Route): Promise<void> =>
      route.fulfill({ status: 500, json: { message: 'The database is away.' } });
    await page.route('**/_apis/signalbox/runs?*', fails);
    await page.goto(place.at('runs'));
    const trouble = page.getByRole('alert').filter({ hasText: 'The database is away.' }).first();
    await trouble.waitFor();
    await eachLook(page, 'server-fails');
    await page.unroute('**/_apis/signalbox/runs?*', fails);
    await trouble.getByRole('button', { name: 'Try again' }).click();
    await trouble.waitFor({ state: 'detached' });
  });

  it('a server that is killed and comes back on its data: nothing is missed, and nothing doubled', async () => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'signalbox-weather-'));
    const start = { agents: 1, dataFolder, port: await freePort() };
    let box = await startSignalbox(start);
    try {
      const own = await newPlace('Storm', { 'held.yml': held(3) }, box);
      const first = await own.queue('held');
      await own.whenStage(first, 'Hold', 'running');
      const { page } = await open(own.at('runs'));
      const line = page.locator('.line', { has: page.locator(`[data-run="${first}"]`) });
      await line.getByText('running').first().waitFor();
      await page.getByText('Live', { exact: true }).waitFor();
      await box.kill();
      await page.getByText('The server does not answer. What you see may be old.').waitFor();
      expect(await line.isVisible()).toBe(true);
      await eachLook(page, 'server-away');
      GATES[3]?.open();
      box = await startSignalbox(start);
      const again = placeAt(box, own);
      const second = await again.queue('held');
      await page.getByText('Live', { exact: true }).waitFor();
      await page.locator(`[data-run="${second}"]`).waitFor();
      await again.whenStage(first, 'Hold', 'completed');
      await again.whenStage(second, 'Hold', 'completed');
      await page
        .locator('.line', { has: page.locator(`[data-run="${second}"]`) })
        .getByRole('list', { name: 'Stages' })
        .getByText('Hold succeeded')
        .waitFor({ state: 'attached' });
      await line.getByText('Hold succeeded').waitFor({ state: 'attached' });
      const shown = await page
        .locator('[data-run]')
        .evaluateAll((all) => all.map((one) => one.getAttribute('data-run')));
      expect(shown).toEqual([String(second), String(first)]);
    } finally {
      await box.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    }
  });
});
