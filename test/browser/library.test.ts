import type { WireConnection, WireSecureFile, WireVariableGroup } from '@signalbox/api';
import { beforeAll, expect, it } from 'vitest';
import { eachLook } from './support/looks.ts';
import { newPlace, type Place } from './support/place.ts';
import { describeInBrowser, newToken } from './support/visit.ts';

const SECRET = 'correct-horse-battery-staple';
const PIPELINE = `trigger: none
steps:
- script: echo "region $(region)"
`;

describeInBrowser('the library', (open) => {
  let place: Place;

  const group = async (): Promise<WireVariableGroup | undefined> =>
    (await place.client.listVariableGroups(place.name)).value[0];
  const connection = async (): Promise<WireConnection | undefined> =>
    (await place.client.listConnections(place.name)).value[0];
  const file = async (): Promise<WireSecureFile | undefined> =>
    (await place.client.listSecureFiles(place.name)).value[0];

  beforeAll(async () => {
    place = await newPlace('Shelf', { 'shop.yml': PIPELINE });
  });

  it('says what each part is for while it is empty', async () => {
    const { page } = await open(place.at('library'));
    for (const part of ['groups', 'connections', 'files']) {
      await page.goto(place.at(`library/${part}`));
      await page
        .getByText(/No .* yet/)
        .first()
        .waitFor();
      await eachLook(page, `library-${part}-empty`);
    }
  });

  it('makes a variable group with a secret that is never shown again', async () => {
    const { page } = await open(place.at('library/groups'));
    await page.getByRole('link', { name: 'New variable group' }).click();
    await page.getByLabel('Name', { exact: true }).first().fill('vault');
    await page.getByLabel('What for').fill('What deployments need');
    const rows = page.getByRole('list', { name: 'Variables' }).getByRole('listitem');
    await page.getByRole('button', { name: 'Add a variable' }).click();
    await rows.nth(0).getByLabel('Name').fill('region');
    await rows.nth(0).getByLabel('Value').fill('eu');
    await page.getByRole('button', { name: 'Add a variable' }).click();
    await rows.nth(1).getByLabel('Name').fill('password');
    await rows.nth(1).getByLabel('Value').fill(SECRET);
    await rows.nth(1).getByRole('checkbox', { name: 'password is secret' }).check();
    await eachLook(page, 'variable-group-new');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'vault', level: 1 }).waitFor();
    expect((await group())?.variables).toEqual({
      region: { value: 'eu' },
      password: { value: null, isSecret: true },
    });
    await page.reload();
    await rows.nth(1).waitFor();
    expect(await page.content()).not.toContain(SECRET);
    expect(await rows.filter({ has: page.locator('input[value="password"]') }).count()).toBe(1);
  });

  it('changes a value, keeps the secret that was not typed, and says when somebody was quicker', async () => {
    const made = (await group())!;
    const { page } = await open(place.at(`library/groups/${made.id}`));
    const value = page.getByRole('list', { name: 'Variables' }).getByLabel('Value');
    await value.nth(1).fill('us');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    expect((await group())?.variables).toMatchObject({
      region: { value: 'us' },
      password: { isSecret: true },
    });
    await place.client.updateVariableGroup(place.name, made.id, {
      name: 'vault',
      type: 'Vsts',
      description: 'What deployments need',
      variables: { region: { value: 'asia' }, password: { value: null, isSecret: true } },
    });
    await value.nth(1).fill('eu');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText(/changed the group after you opened it/).waitFor();
    expect((await group())?.variables['region']).toEqual({ value: 'asia' });
  });

  it('lets one pipeline use a group, takes it away, and opens it to all', async () => {
    const { id } = (await group())!;
    const resource = { type: 'variablegroup', id };
    const permissions = (): ReturnType<typeof place.client.getPipelinePermissions> =>
      place.client.getPipelinePermissions(place.name, resource);
    const { page } = await open(place.at(`library/groups/${id}`));
    await page.getByRole('button', { name: 'Permit this pipeline' }).click();
    await page.getByRole('button', { name: 'Take the permission from shop' }).waitFor();
    expect((await permissions()).pipelines).toMatchObject([
      { id: place.pipelines['shop'], authorized: true },
    ]);
    await eachLook(page, 'variable-group');
    await page.getByRole('button', { name: 'Take the permission from shop' }).click();
    await page.getByRole('button', { name: 'Permit this pipeline' }).waitFor();
    await page.getByRole('checkbox', { name: 'Every pipeline may use it' }).click();
    await expect
      .poll(async () => (await permissions()).allPipelines?.authorized, { timeout: 60_000 })
      .toBe(true);
  });

  it('gives a role on one group to a user, and takes it away', async () => {
    const { id } = (await group())!;
    await newToken('keeper of the vault', 'reader');
    const { page } = await open(place.at(`library/groups/${id}`));
    const part = page.getByRole('region', { name: 'Roles on it' });
    await part.getByLabel('Name').fill('keeper of the vault');
    await part.getByLabel('Role').selectOption('Administrator');
    await part.getByRole('button', { name: 'Give the role' }).click();
    await part.getByRole('table').getByText('keeper of the vault').waitFor();
    expect((await place.client.listRoles(place.name)).value).toMatchObject([
      {
        kind: 'user',
        name: 'keeper of the vault',
        role: 'Administrator',
        resource: { type: 'variablegroup', id: String(id) },
      },
    ]);
    await part.getByRole('button', { name: /Take the role Administrator/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Take away' }).click();
    await part.getByText('Nobody has a role of their own here.').waitFor();
    expect((await place.client.listRoles(place.name)).value).toEqual([]);
  });

  it('makes a service connection whose password is never shown again', async () => {
    const { page } = await open(place.at('library/connections'));
    await page.getByRole('link', { name: 'New service connection' }).click();
    await page.getByLabel('Name', { exact: true }).fill('deploy');
    await page.getByLabel('Address', { exact: true }).fill('https://deploy.example.org/');
    await page.getByLabel('Proves who calls by').selectOption('UsernamePassword');
    await page.getByLabel('User name').fill('robot');
    await page.getByLabel('Password', { exact: true }).fill(SECRET);
    await eachLook(page, 'connection-new');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'deploy', level: 1 }).waitFor();
    const made = (await connection())!;
    expect(made).toMatchObject({ name: 'deploy', authorization: { scheme: 'UsernamePassword' } });
    await page.reload();
    await page.getByPlaceholder('kept; type to replace it').waitFor();
    expect(await page.content()).not.toContain(SECRET);
    expect(JSON.stringify(made)).not.toContain(SECRET);
    await eachLook(page, 'connection');
    await page.getByRole('button', { name: 'Delete the service connection deploy' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('No service connection yet').waitFor();
    expect(await connection()).toBeUndefined();
  });

  it('keeps a file, shows whose it is, and deletes it', async () => {
    const { page } = await open(place.at('library/files'));
    await page
      .getByLabel('File', { exact: true })
      .setInputFiles({ name: 'key.pem', mimeType: 'text/plain', buffer: Buffer.from(SECRET) });
    await page.getByRole('button', { name: 'Keep the file' }).click();
    await page.getByRole('link', { name: 'key.pem' }).waitFor();
    await eachLook(page, 'files');
    expect(await file()).toMatchObject({ name: 'key.pem', size: SECRET.length });
    await page.getByRole('link', { name: 'key.pem' }).click();
    await page.getByRole('heading', { name: 'key.pem', level: 1 }).waitFor();
    await eachLook(page, 'file');
    await page.getByRole('button', { name: 'Delete the secure file key.pem' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await page.getByText('No secure file yet').waitFor();
    expect(await file()).toBeUndefined();
  });

  it('shows a reader everything but secrets, and nothing that changes it', async () => {
    const { id } = (await group())!;
    const { page } = await open(place.at('library/groups'), { as: 'reader' });
    await page.getByRole('link', { name: 'vault' }).waitFor();
    expect(await page.getByRole('link', { name: 'New variable group' }).count()).toBe(0);
    await page.goto(place.at(`library/groups/${id}`));
    await page.getByText('Your role, reader, may look at it, and not change it.').waitFor();
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    for (const name of [/^Delete/, /^Permit/, /^Give/, /^Take/])
      expect(await page.getByRole('button', { name }).count()).toBe(0);
  });
});
