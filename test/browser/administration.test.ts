import type { DeliveryView, TriggerView } from '@signalbox/api';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eachLook } from './support/looks.ts';
import { newPlace, type Place } from './support/place.ts';
import { startReceiver, type Receiver } from './support/receiver.ts';
import { describeInBrowser } from './support/visit.ts';

const PIPELINE = `trigger: [main]
stages:
- stage: Deploy
  jobs:
  - deployment: go
    environment: production
    strategy: { runOnce: { deploy: { steps: [{ script: echo deployed }] } } }
`;

describeInBrowser('audit, notifications, triggers, settings', (open) => {
  let place: Place;
  let receiver: Receiver;

  beforeAll(async () => {
    place = await newPlace('Office', { 'shop.yml': PIPELINE });
    const { id } = await place.client.createEnvironment(place.name, { name: 'production' });
    await place.client.addExclusiveLock(place.name, id);
    receiver = await startReceiver();
  });

  afterAll(() => receiver?.stop());

  it('say what they are for while there is nothing', async () => {
    const { page } = await open(place.at('notifications'));
    await page.getByText('Nobody is told of anything yet').waitFor();
    await eachLook(page, 'notifications-empty');
    await page.goto(place.at('settings/calendars'));
    await page.getByText(/No calendar yet/).waitFor();
    await eachLook(page, 'calendars-empty');
  });

  it.each([
    ['library', '**/_apis/distributedtask/variablegroups**'],
    ['people', '**/_apis/signalbox/tokens**'],
    ['audit', '**/_apis/signalbox/audit/**'],
  ])('say that the server could not do it, and try again: %s', async (name, calls) => {
    const { page } = await open(place.at('settings'));
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    // As a proxy in front of the server answers when the server is in trouble.
    await page.route(calls, (route) => route.fulfill({ status: 500, body: '{"message":"disk full"}' }));
    await page.goto(place.at(name));
    await page
      .getByText(/could not do it/)
      .first()
      .waitFor();
    await eachLook(page, `${name}-broken`);
    await page.unroute(calls);
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await page.getByText(/could not do it/).waitFor({ state: 'hidden' });
  });

  it('tells a receiver of the events that were chosen, and shows each delivery', async () => {
    const { page } = await open(place.at('notifications'));
    await page.getByRole('link', { name: 'New notification' }).click();
    await page.getByLabel('Name').fill('our chat');
    await page.getByLabel('Address').fill(receiver.url);
    await page.getByRole('checkbox', { name: 'run.completed' }).check();
    await eachLook(page, 'notification-new');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Send a test' }).click();
    await receiver.whenHas(1);
    const deliveries = page.getByRole('table', { name: 'Deliveries, newest first' });
    await deliveries.getByRole('row').nth(1).waitFor();
    await place.whenOver(await place.queue('shop'));
    await receiver.whenHas(2);
    await expect.poll(() => deliveries.getByRole('row').count(), { timeout: 60_000 }).toBe(3);
    await eachLook(page, 'notification');
    const before = (await latest())!;
    await page.getByRole('button', { name: `Send delivery ${before.id} again` }).click();
    await receiver.whenHas(3);
    expect(receiver.bodies[2]).toEqual(receiver.bodies[1]);
    await page.getByRole('button', { name: 'Switch off' }).click();
    await page.getByRole('button', { name: 'Switch on' }).waitFor();
    const [known] = (await place.client.listSubscriptions(place.name)).value;
    expect(known).toMatchObject({ name: 'our chat', state: 'disabled', events: ['run.completed'] });
    await page.goto(place.at('notifications'));
    await page.getByRole('link', { name: 'our chat' }).waitFor();
    await eachLook(page, 'notifications');
  });

  it('calls no address that is not open to it, and says so of the delivery', async () => {
    const { page } = await open(place.at('notifications/new'));
    await page.getByLabel('Name').fill('inside');
    await page.getByLabel('Address').fill('http://169.254.169.254/latest');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'Send a test' }).click();
    const deliveries = page.getByRole('table', { name: 'Deliveries, newest first' });
    await deliveries
      .getByText(/169\.254\.169\.254/)
      .first()
      .waitFor();
    expect(receiver.bodies).toHaveLength(3);
    await eachLook(page, 'notification-refused');
  });

  it('refuses an address of another kind, and keeps what was typed', async () => {
    const { page } = await open(place.at('notifications/new'));
    await page.getByLabel('Name').fill('by files');
    await page.getByLabel('Address').fill('ftp://files.example.org/');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('alert').first().waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('by files');
  });

  it('shows the journal of the locks newest first, filters it, and decides it again', async () => {
    await place.whenOver(await place.queue('shop'));
    const { page } = await open(place.at('audit'));
    const table = page.getByRole('table', { name: 'Journal of the locks, newest first' });
    await table.waitFor();
    const { items } = await place.client.listAudit(place.name, { top: 1000 });
    const first = Number(await table.getByRole('row').nth(1).getByRole('cell').first().innerText());
    const last = Number(await table.getByRole('row').last().getByRole('cell').first().innerText());
    expect(first).toBe(items.findLast(({ cause }) => cause !== undefined)?.version);
    expect(last).toBe(1);
    await page.getByRole('button', { name: 'Decide it again' }).click();
    await page.getByText('Every decision comes out the same').waitFor();
    await eachLook(page, 'audit');
    await page.getByLabel('Kind').selectOption('LockConfigured');
    const configured = items.filter(({ event }) => event.type === 'LockConfigured').length;
    await expect.poll(() => table.getByRole('row').count(), { timeout: 60_000 }).toBe(configured + 1);
    await page.getByRole('searchbox').fill('no such word anywhere');
    await page.getByText(/Nothing of these .* fits/).waitFor();
  });

  it('says what a pipeline listens to, and lets people switch it', async () => {
    const trigger = async (): Promise<TriggerView | undefined> =>
      (await place.client.listTriggers(place.name)).items[0];
    const { page } = await open(place.at('triggers'));
    await eachLook(page, 'triggers');
    await page.getByRole('link', { name: 'shop' }).click();
    await page.getByRole('heading', { name: 'shop', level: 1 }).waitFor();
    await page.getByRole('checkbox', { name: 'It starts by itself' }).click();
    await expect.poll(async () => (await trigger())?.automatic, { timeout: 60_000 }).toBe(false);
    await page.getByLabel('Time zone of its schedules').fill('Europe/Berlin');
    await page.getByRole('button', { name: 'Save the zone' }).click();
    await page.getByText('Saved.').waitFor();
    expect(await trigger()).toMatchObject({ timeZone: 'Europe/Berlin' });
    await page.getByLabel('Time zone of its schedules').fill('Mars/Olympus');
    await page.getByRole('button', { name: 'Save the zone' }).click();
    await page.getByRole('alert').getByText(/Mars/).waitFor();
    await eachLook(page, 'trigger');
  });

  it('makes a push hook with a secret that is shown once, and removes it', async () => {
    const { page } = await open(place.at('triggers'));
    await page.getByRole('button', { name: 'Make a hook' }).click();
    await page.getByRole('group', { name: 'Secret of the hook' }).waitFor();
    expect((await place.client.listPushHooks(place.name)).items).toHaveLength(1);
    await eachLook(page, 'push-hook');
    await page.getByRole('button', { name: /^Remove the hook of/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
    await page.getByText('No hook yet.').waitFor();
    expect((await place.client.listPushHooks(place.name)).items).toEqual([]);
  });

  it('changes how long runs are kept, within bounds', async () => {
    const { page } = await open(place.at('settings/retention'));
    await page.getByLabel('Days to keep runs', { exact: true }).fill('45');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    expect((await place.client.getRetention(place.name)).purgeRuns.value).toBe(45);
    await eachLook(page, 'retention');
    await page.getByLabel('Days to keep runs', { exact: true }).fill('0');
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await page.locator('input:invalid').count()).toBe(1);
    expect((await place.client.getRetention(place.name)).purgeRuns.value).toBe(45);
  });

  it('makes a calendar and removes it', async () => {
    const { page } = await open(place.at('settings/calendars'));
    await page.getByRole('button', { name: 'New calendar' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('holidays');
    await dialog.locator('textarea').fill('2026-12-24 to 2026-12-26');
    await eachLook(page, 'calendar');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText('holidays').first().waitFor();
    expect((await place.client.listCalendars(place.name)).value).toHaveLength(1);
  });

  it('keeps the theme in this browser', async () => {
    const { page, context } = await open(place.at('settings/browser'));
    const background = (of: Page): Promise<string> =>
      of.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background(page);
    await page.getByRole('radio', { name: 'Dark' }).check();
    await expect.poll(() => background(page), { timeout: 60_000 }).not.toBe(light);
    const dark = await background(page);
    const { page: again } = await open(place.at(), { context });
    await expect.poll(() => background(again), { timeout: 60_000 }).toBe(dark);
    await page.getByRole('radio', { name: 'As the system says' }).check();
    await eachLook(page, 'settings-browser');
  });

  it('shows a reader the settings without letting him change them, and keeps the audit from him', async () => {
    const { page } = await open(place.at('settings'), { as: 'reader' });
    await page.getByText('Your role, reader, may look at it, and not change it.').waitFor();
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: /^Delete/ }).count()).toBe(0);
    await page.goto(place.at('audit'));
    await page.getByText('Your role does not allow this').waitFor();
    await eachLook(page, 'audit-refused');
  });

  it('renames a project, and deletes it once its name was typed', async () => {
    await place.client.createProject({ name: 'Shed' });
    const { page } = await open(place.at().replace('/Office', '/Shed/settings'));
    await page.getByLabel('Name').fill('Barn');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.waitForURL(/\/Barn\/settings/);
    await page.getByRole('button', { name: 'Delete the project Barn' }).click();
    const dialog = page.getByRole('dialog', { name: 'Delete the project Barn?' });
    await dialog.getByLabel(/Type its name/).fill('Barn');
    await eachLook(page, 'project-delete');
    await dialog.getByRole('button', { name: 'Delete it for good' }).click();
    await page.waitForURL((url) => !url.pathname.includes('/Barn'));
    const names = (await place.client.listProjects()).items.map(({ name }) => name);
    expect(names).not.toContain('Barn');
    expect(names).toContain('Office');
  });

  async function latest(): Promise<DeliveryView | undefined> {
    const [subscription] = (await place.client.listSubscriptions(place.name)).value;
    return (await place.client.listDeliveries(place.name, subscription?.id ?? '')).items[0];
  }
});
