import { afterAll, beforeAll, expect, it } from 'vitest';
import { deployment, newLine, type Line } from './support/line.ts';
import { eachLook } from './support/looks.ts';
import { newPlace, type Place } from './support/place.ts';
import { describeInBrowser } from './support/visit.ts';

const PATIENCE = { timeout: 60_000 };

/** What is typed to set up a check of each kind, and how its line then reads. */
const CHECKS: readonly {
  readonly kind: string;
  readonly fill: Readonly<Record<string, string>>;
  readonly choose?: Readonly<Record<string, string>>;
  readonly reads: string;
}[] = [
  {
    kind: 'Branch control',
    fill: { 'Allowed branches, with commas between them': 'refs/heads/main' },
    reads: 'refs/heads/main',
  },
  {
    kind: 'Required template',
    fill: { 'Templates, one in each line: path@repository#ref': 'secure.yml@templates#main' },
    reads: 'secure.yml@templates#refs/heads/main',
  },
  {
    kind: 'Artifact policy',
    fill: { 'Name, if you like': 'signed', Policy: 'package policy\n\ndefault allow = true' },
    reads: 'Artifact policy: signed',
  },
  {
    kind: 'Approval',
    fill: {
      'Approvers, one in each line; a group as @name': 'administrator',
      'Instructions, in Markdown': 'Look.',
    },
    choose: { 'When to ask': 'when the jobs are over' },
    reads: 'administrator',
  },
  {
    kind: 'Business hours',
    fill: { 'Time zone': 'Europe/Berlin', Hours: 'Mon-Fri 08:00-17:00' },
    choose: { 'When it has not passed in time': 'the stage fails' },
    reads: 'and its stage fails',
  },
  {
    kind: 'REST call',
    fill: { 'Service connection': 'gate', 'What follows the address of the connection': '/ok' },
    reads: 'gate/ok',
  },
  {
    kind: 'Azure Function',
    fill: {
      'Address of the function': 'https://gate.example.net/api/ok',
      'Its key; keep it in a variable group and name the variable': '$(gateKey)',
    },
    reads: 'https://gate.example.net/api/ok',
  },
  {
    kind: 'Azure Monitor alerts',
    fill: { 'Service connection to the subscription': 'azure', 'Resource group': 'shop' },
    reads: 'shop',
  },
  {
    kind: 'ServiceNow change',
    fill: { 'Service connection': 'now', 'Number of the change, or its variable': 'CHG0030052' },
    reads: 'CHG0030052',
  },
  { kind: 'Exclusive lock', fill: {}, reads: 'one at a time' },
];

describeInBrowser('the environments', (open) => {
  let place: Place;
  let line: Line;
  let shop = 0;

  beforeAll(async () => {
    place = await newPlace('Environments', {
      'shop.yml': deployment('shop'),
      'other.yml': deployment('shop'),
    });
    for (const name of ['gate', 'azure', 'now'])
      await place.client.createConnection(place.name, {
        name,
        type: 'generic',
        url: 'https://gate.example.net/',
        authorization: { scheme: 'UsernamePassword', parameters: { username: 'robot', password: 'none' } },
      });
    line = await newLine(place, 'shop', 3);
    line.finish(0);
    line.finish(1, 'bad');
    await line.expectLine({ holds: [2], waits: [] });
    shop = Number((await line.read()).resourceId);
  });

  const checks = async (id: number): Promise<readonly string[]> =>
    (await place.client.listChecks(place.name, id)).items.map(({ type }) => type.name);

  afterAll(() => line?.finishAll());

  it('show what is deployed, what was, and who waits', async () => {
    const { page } = await open(place.at('environments'));
    const link = page.getByRole('link', { name: 'shop', exact: true });
    await link.waitFor();
    await eachLook(page, 'environments');
    await link.click();
    const history = page.getByRole('list', { name: 'Deployments, newest first' }).getByRole('listitem');
    await expect.poll(() => history.count(), PATIENCE).toBe(2);
    expect(await history.first().textContent()).toMatch(/failed.*shop \S+Deploy, Roll.*took/);
    expect(await history.last().textContent()).toMatch(/succeeded/);
    const latest = page.getByRole('list', { name: 'The latest deployment of each pipeline' });
    expect(await latest.getByRole('listitem').count()).toBe(1);
    await eachLook(page, 'environment');
    line.finish(2);
    await expect.poll(() => history.count(), PATIENCE).toBe(3);
    await page.getByRole('link', { name: 'Lock: free' }).click();
    await page.getByRole('heading', { name: 'shop' }).waitFor();
  });

  it('get a check of every kind, each of which is changed, switched off and removed', async () => {
    const { page } = await open(place.at('environments'));
    await page.getByRole('button', { name: 'New environment' }).click();
    await page.getByLabel('Name').fill('staging');
    await page.getByLabel('Description, if you like').fill('before production');
    await page.getByRole('button', { name: 'Make it' }).click();
    await page.getByRole('heading', { name: 'staging' }).waitFor();
    const [staging] = (await place.client.listEnvironments(place.name, { name: 'staging' })).items;
    expect(staging).toMatchObject({ name: 'staging', description: 'before production' });
    const panel = page.getByRole('region', { name: 'Checks, in the order of evaluation' });
    for (const { kind, fill, choose = {}, reads } of CHECKS) {
      await panel.getByLabel('Kind of check').selectOption({ label: kind });
      await panel.getByRole('button', { name: 'Add a check' }).click();
      const dialog = page.getByRole('dialog', { name: `New: ${kind}` });
      for (const [label, text] of Object.entries(fill))
        await dialog.getByLabel(label, { exact: true }).fill(text);
      for (const [label, text] of Object.entries(choose))
        await dialog.getByLabel(label).selectOption({ label: text });
      await dialog.getByRole('button', { name: 'Add it' }).click();
      await dialog.waitFor({ state: 'detached' });
      await panel.getByRole('listitem').filter({ hasText: reads }).first().waitFor();
    }
    await eachLook(page, 'environment-checks');
    const id = staging?.id ?? 0;
    expect(await checks(id)).toHaveLength(CHECKS.length);
    await panel.getByRole('button', { name: 'Edit Business hours' }).click();
    const dialog = page.getByRole('dialog', { name: 'Business hours' });
    expect(await dialog.getByLabel('When it has not passed in time').inputValue()).toBe('fail');
    await dialog.getByLabel('Hours', { exact: true }).fill('Sat 10:00-12:00');
    await dialog.getByLabel('When it has not passed in time').selectOption('skip');
    await eachLook(page, 'environment-check');
    await dialog.getByRole('button', { name: 'Save it' }).click();
    await panel.getByText('Saturday 10:00-12:00').waitFor();
    await panel.getByRole('button', { name: 'Switch off REST call' }).click();
    await panel.getByText('switched off').waitFor();
    const all = (await place.client.listChecks(place.name, id)).items;
    expect(all.filter(({ isDisabled }) => isDisabled)).toHaveLength(1);
    const hours = all.find(({ settings }) => JSON.stringify(settings).includes('Europe/Berlin'));
    expect(hours?.settings).toMatchObject({
      onTimeout: 'skip',
      inputs: { businessDays: 'Saturday', startTime: '10:00', endTime: '12:00' },
    });
    await panel.getByRole('button', { name: 'Remove ServiceNow change' }).click();
    await page.getByRole('button', { name: 'Remove it' }).click();
    await panel.getByText('CHG0030052').waitFor({ state: 'detached' });
    expect(await checks(id)).toHaveLength(CHECKS.length - 1);
  });

  it('overwrite nothing that somebody else changed meanwhile, and keep what was typed', async () => {
    const { client, name } = place;
    const { id } = await client.createEnvironment(name, { name: 'crowded' });
    const made = await client.addCheck(name, {
      type: { id: '8c6f20a7-a545-4486-9777-f762fafe0d4d' },
      resource: { type: 'environment', id: String(id) },
      settings: { approvers: [{ displayName: 'administrator' }], instructions: 'Look.' },
    });
    const { page } = await open(place.at(`environments/${id}`));
    await page.getByRole('button', { name: 'Edit Approval' }).click();
    const dialog = page.getByRole('dialog', { name: 'Approval' });
    await dialog.getByLabel('Instructions, in Markdown').fill('Look twice.');
    await client.updateCheck(name, made.id, { version: made.version, timeout: 77 });
    await dialog.getByRole('button', { name: 'Save it' }).click();
    await dialog.getByRole('alert').waitFor();
    expect(await dialog.getByLabel('Instructions, in Markdown').inputValue()).toBe('Look twice.');
    const [now] = (await client.listChecks(name, id)).items;
    expect(now).toMatchObject({ timeout: 77, settings: { instructions: 'Look.' } });
  });

  it('are used by the pipelines that may, and looked after by those who have a role', async () => {
    const { client, name } = place;
    const resource = { type: 'environment', id: String(shop) } as const;
    const { page } = await open(place.at(`environments/${shop}`));
    const permits = page.getByRole('region', { name: 'Pipelines that may use it' });
    // The box shows what the server knows, so it changes after the answer, not with the click.
    await permits.getByLabel('Every pipeline may use it').click();
    await permits.getByText('waits at the stage that uses it').waitFor();
    await permits.getByLabel('Pipeline to permit').selectOption({ label: 'other' });
    await permits.getByRole('button', { name: 'Permit this pipeline' }).click();
    await permits.getByRole('link', { name: 'other' }).waitFor();
    const told = await client.getPipelinePermissions(name, resource);
    expect(told.allPipelines?.authorized).not.toBe(true);
    expect(told.pipelines.map(({ id }) => id)).toEqual([place.pipelines['other']]);
    await eachLook(page, 'environment-permissions');
    await permits.getByRole('button', { name: 'Take the permission from other' }).click();
    await permits.getByRole('link', { name: 'other' }).waitFor({ state: 'detached' });
    await permits.getByLabel('Every pipeline may use it').click();
    await permits.getByText('Every pipeline of the project may use it').waitFor();
    const roles = page.getByRole('region', { name: 'Roles' });
    await roles.getByLabel('User, or a group as @name').fill('administrator');
    await roles.getByRole('combobox').selectOption({ label: 'Administrator' });
    await roles.getByRole('button', { name: 'Give it' }).click();
    await roles.getByRole('button', { name: 'Remove the role of administrator' }).waitFor();
    expect((await client.getRoles(name, shop)).value).toMatchObject([
      { kind: 'user', name: 'administrator', role: 'Administrator' },
    ]);
    await roles.getByRole('button', { name: 'Remove the role of administrator' }).click();
    await roles.getByText('Nobody has a role of their own here').waitFor();
    expect((await client.getRoles(name, shop)).value).toEqual([]);
  });

  it('show all to a reader, who can change nothing', async () => {
    const { page } = await open(place.at(`environments/${shop}`), { as: 'reader' });
    await page.getByText('Exclusive lock').waitFor();
    for (const name of ['Add a check', 'Give it', 'Permit this pipeline', 'Switch off Exclusive lock'])
      expect(await page.getByRole('button', { name }).count(), name).toBe(0);
    await page.goto(place.at('environments'));
    await page.getByRole('link', { name: 'shop', exact: true }).waitFor();
    expect(await page.getByRole('button', { name: 'New environment' }).count()).toBe(0);
  });

  it('say so when there is no such environment', async () => {
    const { page } = await open(place.at('environments/nowhere'));
    await page.getByText('The environment nowhere is not here').waitFor();
  });
});
