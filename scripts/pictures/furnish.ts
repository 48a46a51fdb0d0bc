import type { Client } from '@signalbox/api';

/** The project of the pictures. */
export const PROJECT = 'Shop';
const APPROVAL = '8C6F20A7-A545-4486-9777-F762FAFE0D4D';

/** What of it has a page of its own. */
export interface Furniture {
  /** The environment called production. */
  readonly environment: number;
  readonly group: number;
  readonly subscription: string;
}

/** Locks, checks, library, people and notifications of the project. */
export async function furnish(client: Client, receiver: string): Promise<Furniture> {
  await people(client);
  await library(client);
  const environment = await environments(client);
  const { value: groups } = await client.listVariableGroups(PROJECT);
  const { id: subscription } = await client.addSubscription(PROJECT, {
    name: 'Team chat',
    target: { kind: 'webhook', url: receiver },
  });
  await client.testSubscription(PROJECT, subscription);
  await client.setCalendar(PROJECT, 'holidays', [
    { from: '2026-12-24', to: '2026-12-26' },
    { from: '2026-12-31', to: '2027-01-01' },
  ]);
  return { environment, group: groups[0]?.id ?? 1, subscription };
}

async function environments(client: Client): Promise<number> {
  const description = 'What customers see.';
  const production = await client.createEnvironment(PROJECT, { name: 'production', description });
  await client.createEnvironment(PROJECT, { name: 'staging' });
  const store = await client.createEnvironment(PROJECT, { name: 'app-store' });
  await client.createLock(PROJECT, {
    resource: { type: 'environment', name: 'production' },
    behavior: 'sequential',
    orderBy: 'runQueueTime',
  });
  await client.createLock(PROJECT, {
    resource: { type: 'environment', name: 'database' },
    behavior: 'sequential',
    onFailure: 'hold',
  });
  await client.addCheck(PROJECT, {
    type: { id: APPROVAL },
    resource: { type: 'environment', id: String(store.id) },
    settings: {
      approvers: [{ displayName: 'administrator' }],
      instructions: 'Look at the screenshots of the build, then approve.',
    },
  });
  return production.id;
}

async function library(client: Client): Promise<void> {
  await client.createVariableGroup(PROJECT, {
    name: 'Shop settings',
    type: 'Vsts',
    description: 'What the stages of the shop share.',
    variables: {
      region: { value: 'europe-west' },
      'payment-key': { value: 'not-a-real-key', isSecret: true },
    },
  });
  await client.createConnection(PROJECT, {
    name: 'registry',
    description: 'Where images go.',
    type: 'generic',
    url: 'https://registry.example.com/',
    authorization: { scheme: 'UsernamePassword', parameters: { username: 'shop', password: 'not-real' } },
  });
  await client.uploadSecureFile(PROJECT, 'signing.p12', new Uint8Array([1, 2, 3]));
}

async function people(client: Client): Promise<void> {
  await client.createUser({ name: 'ada@example.com', displayName: 'Ada Lovelace' });
  await client.createUser({ name: 'grace@example.com', displayName: 'Grace Hopper' });
  await client.giveRole({ name: 'ada@example.com', role: 'contributor' }, PROJECT);
  await client.giveRole({ name: 'grace@example.com', role: 'approver' }, PROJECT);
  await client.setGroup('release', ['grace@example.com']);
  await client.createToken({ name: 'laptop', scopes: ['vso.build_execute'], expiresInDays: 90 });
}
