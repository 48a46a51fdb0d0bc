import type { GroupView, RoleView, TokenView, UserView } from '@signalbox/api';
import { beforeAll, expect, it } from 'vitest';
import { eachLook } from './support/looks.ts';
import { newPlace, theServer, type Place } from './support/place.ts';
import { describeInBrowser, newToken } from './support/visit.ts';

const ADA = 'ada of the people page';
const SHIFT = 'shift of the people page';
const RELEASERS = 'releasers of the people page';

describeInBrowser('people and access', (open) => {
  let place: Place;

  const user = async (name: string): Promise<UserView | undefined> =>
    (await place.client.listUsers()).value.find((one) => one.name === name);
  const group = async (name: string): Promise<GroupView | undefined> =>
    (await place.client.listGroups()).items.find((one) => one.name === name);
  const roles = async (project?: string): Promise<readonly RoleView[]> =>
    (await place.client.listRoles(project)).value.filter(({ name }) => name === ADA || name === RELEASERS);
  const token = async (name: string): Promise<TokenView | undefined> =>
    (await place.client.listTokens()).items.find((one) => one.name === name);
  const statusWith = async (secret: string): Promise<number> => {
    const headers = { authorization: `Bearer ${secret}` };
    return (await fetch(`${theServer().url}/_apis/projects`, { headers })).status;
  };

  beforeAll(async () => {
    place = await newPlace('People');
  });

  it('makes a token that works, is shown once, and is refused once it is revoked', async () => {
    const { page } = await open(place.at('people'));
    await page.getByLabel('What for').fill('laptop of the people page');
    await page.getByRole('button', { name: 'Make the token' }).click();
    await page.getByText('Choose what the token may do.').waitFor();
    await page.getByRole('checkbox', { name: /list projects and runs/ }).check();
    await page.getByRole('button', { name: 'Make the token' }).click();
    const shown = page.getByRole('group', { name: 'Token laptop of the people page' });
    const secret = (await shown.innerText()).trim();
    expect(await statusWith(secret)).toBe(200);
    expect(await token('laptop of the people page')).toMatchObject({ scopes: ['vso.project'] });
    await page.reload();
    const revoke = page.getByRole('button', { name: 'Revoke the token laptop of the people page' });
    await revoke.waitFor();
    expect(await page.content()).not.toContain(secret);
    await eachLook(page, 'tokens');
    await revoke.click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await revoke.waitFor({ state: 'hidden' });
    expect(await statusWith(secret)).toBe(401);
  });

  it('makes a user, describes him, disables him', async () => {
    const { page } = await open(place.at('people/users'));
    await page.getByRole('button', { name: 'New user' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: false }).first().fill(ADA);
    await dialog.getByLabel('Shown as').fill('Ada');
    await dialog.getByRole('button', { name: 'Make the user' }).click();
    await page.getByRole('button', { name: `Change the user ${ADA}` }).click();
    await page.getByRole('dialog', { name: ADA }).getByLabel('Mail').fill('ada@example.org');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(await user(ADA)).toMatchObject({ displayName: 'Ada', mail: 'ada@example.org', active: true });
    await page.getByRole('button', { name: `Disable the user ${ADA}` }).click();
    await page.getByRole('button', { name: `Enable the user ${ADA}` }).waitFor();
    expect((await user(ADA))?.active).toBe(false);
    await eachLook(page, 'users');
    await page.getByRole('button', { name: `Enable the user ${ADA}` }).click();
    await page.getByRole('button', { name: `Disable the user ${ADA}` }).waitFor();
  });

  it('makes groups within groups, and keeps them when another thing is changed', async () => {
    await place.client.setGroup(SHIFT, [ADA]);
    const { page } = await open(place.at('people/groups'));
    await page.getByRole('button', { name: 'New group' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name', { exact: true }).fill(RELEASERS);
    await dialog.getByLabel(/Groups in it/).fill(SHIFT);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: `Change the group ${RELEASERS}` }).click();
    await dialog.getByLabel('What for').fill('Who may release');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await group(RELEASERS)).toMatchObject({ description: 'Who may release', groups: [SHIFT] });
    await page.getByRole('button', { name: `Change the group ${SHIFT}` }).click();
    await dialog.getByLabel(/Groups in it/).fill(RELEASERS);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText(/would be in itself/).waitFor();
    await eachLook(page, 'group-in-itself');
    await dialog.getByRole('button', { name: 'Close' }).first().click();
    await eachLook(page, 'groups');
  });

  it('gives a role in the project to a group, whose users then see the project and may do what it says', async () => {
    const { page } = await open(place.at('people/roles'));
    const part = page.getByRole('region', { name: 'Roles in People' });
    await part.getByLabel('Kind').selectOption('group');
    await part.getByLabel('Name').fill(RELEASERS);
    await part.getByLabel('Role').selectOption('contributor');
    await part.getByRole('button', { name: 'Give the role' }).click();
    await part.getByRole('table').getByText(RELEASERS).waitFor();
    expect(await roles('People')).toEqual([{ kind: 'group', name: RELEASERS, role: 'contributor' }]);
    await eachLook(page, 'roles');
    const { page: hers } = await open(place.at('environments'), { token: await tokenOfAda() });
    await hers.getByRole('button', { name: 'New environment' }).waitFor();
    await hers.goto(place.at('pools'));
    await hers.getByRole('heading', { name: 'Agents' }).waitFor();
    expect(await hers.getByRole('button', { name: 'New pool' }).count()).toBe(0);
    await part.getByRole('button', { name: `Take the role contributor from ${RELEASERS}` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Take away' }).click();
    await part.getByText('Nobody has a role of their own here.').waitFor();
    expect(await roles('People')).toEqual([]);
  });

  it('refuses a role for a name that nobody has', async () => {
    const { page } = await open(place.at('people/roles'));
    const part = page.getByRole('region', { name: 'Roles in the organisation' });
    await part.getByLabel('Name').fill('nobody at all');
    await part.getByRole('button', { name: 'Give the role' }).click();
    await part
      .getByRole('alert')
      .getByText(/nobody at all/)
      .waitFor();
  });

  it('gives and takes a role on all environments', async () => {
    const { page } = await open(place.at('people/roles'));
    const part = page.getByRole('region', { name: 'Roles on all environments' });
    await part.getByLabel('Name').fill(ADA);
    await part.getByLabel('Role').selectOption('User');
    await part.getByRole('button', { name: 'Give the role' }).click();
    await part.getByRole('button', { name: `Take the role User from ${ADA}` }).waitFor();
    expect((await place.client.getRoles('People', undefined)).value).toMatchObject([
      { name: ADA, role: 'User' },
    ]);
    await part.getByRole('button', { name: `Take the role User from ${ADA}` }).click();
    await part.getByText(/Nobody has a role of their own here/).waitFor();
  });

  it('lets a reader make tokens of his own, and says why he may not see users', async () => {
    const { page } = await open(place.at('people'), { as: 'reader' });
    await page.getByRole('button', { name: 'Make the token' }).waitFor();
    await page.goto(place.at('people/users'));
    await page.getByText('Your role does not allow this').waitFor();
    await eachLook(page, 'users-refused');
    await page.goto(place.at('people/roles'));
    await page.getByText('Nobody has a role of their own here.').first().waitFor();
    expect(await page.getByRole('button', { name: 'Give the role' }).count()).toBe(0);
  });

  /** A token of hers, made for her by the administrator; she has no role but by way of groups. */
  async function tokenOfAda(): Promise<string> {
    const role = await newToken(ADA, 'reader');
    await place.client.takeRole({ kind: 'user', name: ADA, role: 'reader' });
    return role;
  }
});
