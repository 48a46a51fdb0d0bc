import { APPROVAL_CHECK, type WireApproval } from '@signalbox/api';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, expect, it } from 'vitest';
import { eachLook } from './support/looks.ts';
import { newPlace, type Place } from './support/place.ts';
import { describeInBrowser } from './support/visit.ts';

const PATIENCE = { timeout: 60_000 };
const INSTRUCTIONS = 'Look at **the board** first.';

/** A pipeline whose only stage deploys to an environment that asks for an approval. */
function deploys(environment: string): string {
  return `
trigger: none
pool: Default
stages:
  - stage: Deploy
    jobs:
      - deployment: Roll
        environment: ${environment}
        strategy: { runOnce: { deploy: { steps: [{ checkout: none }, { bash: echo done }] } } }
`;
}

describeInBrowser('the approvals', (open) => {
  let place: Place;

  /** Puts an approval by the administrator on an environment, which is made. */
  async function guard(environment: string): Promise<void> {
    const { client, name } = place;
    const { id } = await client.createEnvironment(name, { name: environment });
    await client.addCheck(name, {
      type: { id: APPROVAL_CHECK },
      resource: { type: 'environment', id: String(id) },
      settings: { approvers: [{ displayName: 'administrator' }], instructions: INSTRUCTIONS },
    });
  }

  beforeAll(async () => {
    place = await newPlace('Approvals', { 'plain.yml': deploys('plain'), 'queue.yml': deploys('queue') });
    await guard('plain');
    await guard('queue');
    await place.client.createLock(place.name, {
      resource: { type: 'environment', name: 'queue' },
      behavior: 'runLatest',
      supersede: 'onApproval',
    });
  });

  const approvalOf = async (run: number): Promise<WireApproval | undefined> =>
    (await place.client.listApprovals(place.name)).items.find(({ pipeline }) => pipeline.owner.id === run);

  /** A run that waits for its approval. */
  async function waiting(pipeline: string): Promise<{ readonly id: number; readonly title: string }> {
    const id = await place.queue(pipeline);
    await expect.poll(() => approvalOf(id), { timeout: 120_000 }).toBeDefined();
    return { id, title: `Deploy on ${pipeline} ${pipeline} ${(await place.run(id)).number}` };
  }

  const item = (page: Page, { title }: { readonly title: string }): Locator =>
    page.getByRole('region', { name: title, exact: true });

  const stateOf = async (run: number): Promise<string | undefined> => (await approvalOf(run))?.status;

  it('say what a yes would do to older runs, and do it', async () => {
    const [older, newer] = [await waiting('queue'), await waiting('queue')];
    const { page } = await open(place.at('approvals'));
    const card = item(page, newer);
    await card.getByText('would give way to a newer run').waitFor();
    await card.getByText('the board').waitFor();
    await eachLook(page, 'approvals');
    await card.getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('status').filter({ hasText: 'Approved: Deploy on queue' }).waitFor();
    await item(page, older).waitFor({ state: 'detached' });
    const [gone, done] = [await place.whenOver(older.id), await place.whenOver(newer.id)];
    expect([gone.result, done.result]).toEqual(['canceled', 'succeeded']);
    expect(gone.stages[0]?.reason).toMatchObject({ kind: 'superseded', byRun: newer.id });
    await page.getByText('Nothing waits for approval').waitFor();
    await page.getByRole('status').filter({ hasText: 'Approved: Deploy on queue' }).waitFor();
    await eachLook(page, 'approvals-none');
  });

  it('are given with a comment, and refused', async () => {
    const [one, other] = [await waiting('plain'), await waiting('plain')];
    const { page } = await open(place.at('approvals'));
    await item(page, one).getByLabel('Comment, if you like').fill('looks good');
    await item(page, one).getByRole('button', { name: 'Approve' }).click();
    await item(page, one).waitFor({ state: 'detached' });
    await item(page, other).getByLabel('Comment, if you like').fill('not today');
    await item(page, other).getByRole('button', { name: 'Reject' }).click();
    await item(page, other).waitFor({ state: 'detached' });
    expect((await place.whenOver(one.id)).result).toBe('succeeded');
    expect((await place.whenOver(other.id)).result).toBe('failed');
    expect(await approvalOf(one.id)).toMatchObject({
      status: 'approved',
      steps: [{ comment: 'looks good' }],
    });
    expect(await approvalOf(other.id)).toMatchObject({
      status: 'rejected',
      steps: [{ comment: 'not today' }],
    });
  });

  it('are given to several at once, with one comment', async () => {
    const both = [await waiting('plain'), await waiting('plain')];
    const { page } = await open(place.at('approvals'));
    for (const { id } of both) {
      const { number } = await place.run(id);
      await page.getByLabel(`Choose Deploy on plain, plain ${number}`).check();
    }
    await page.getByPlaceholder('Comment for all of them').fill('seen');
    await page.getByRole('button', { name: 'Approve 2 chosen ones' }).click();
    await page.getByRole('status').filter({ hasText: 'Approved: Deploy on plain' }).waitFor();
    for (const { id } of both) {
      expect((await place.whenOver(id)).result).toBe('succeeded');
      expect((await approvalOf(id))?.steps[0]).toMatchObject({ status: 'approved', comment: 'seen' });
    }
  });

  it('are given for later', async () => {
    const run = await waiting('plain');
    const { page } = await open(place.at('approvals'));
    const later = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 16);
    await item(page, run).getByLabel('Approve not before').fill(later);
    await item(page, run).getByRole('button', { name: 'Approve' }).click();
    await page.getByText('Approved; it counts later.').waitFor();
    await expect.poll(() => stateOf(run.id), PATIENCE).toBe('deferred');
    expect(Date.parse((await approvalOf(run.id))?.steps[0]?.deferredTo ?? '')).toBeGreaterThan(Date.now());
    expect((await place.run(run.id)).status).not.toBe('completed');
    await place.client.cancelBuild(place.name, run.id);
    await place.whenOver(run.id);
  });

  it('are handed on to somebody else, who decides instead', async () => {
    const run = await waiting('plain');
    const { page: theirs } = await open(place.at('approvals'), { as: 'approver' });
    await item(theirs, run).getByText('only administrator may decide').waitFor();
    const { page } = await open(place.at('approvals'));
    await item(page, run).getByText('Hand on to somebody else').click();
    await item(page, run).getByLabel('To', { exact: true }).fill('the approver');
    await item(page, run).getByRole('button', { name: 'Hand on', exact: true }).click();
    await item(page, run).getByText('only the approver may decide').waitFor();
    await theirs.reload();
    await item(theirs, run).getByText('administrator handed it on to the approver').waitFor();
    await item(theirs, run).getByRole('button', { name: 'Approve' }).click();
    expect((await place.whenOver(run.id)).result).toBe('succeeded');
    expect((await approvalOf(run.id))?.steps[0]).toMatchObject({
      status: 'approved',
      actualApprover: { displayName: 'the approver' },
    });
  });

  it('are led to by a key, which gives none; and a reader gives none', async () => {
    const run = await waiting('plain');
    const { page: readers } = await open(place.at('approvals'), { as: 'reader' });
    await item(readers, run).getByText('Your role, reader, may not decide approvals.').waitFor();
    expect(await readers.getByRole('button', { name: 'Approve' }).count()).toBe(0);
    const { page } = await open(place.at('approvals'));
    await item(page, run).waitFor();
    await page.keyboard.press('a');
    const focused = (): Promise<string | null | undefined> =>
      page.evaluate(() => document.activeElement?.textContent);
    await expect.poll(focused, PATIENCE).toBe('Approve');
    expect(await stateOf(run.id)).toBe('pending');
    await page.keyboard.press('Enter');
    expect((await place.whenOver(run.id)).result).toBe('succeeded');
  });

  it('say so when somebody else was quicker', async () => {
    const run = await waiting('plain');
    const { page } = await open(place.at('approvals'));
    const comment = item(page, run).getByLabel('Comment, if you like');
    await comment.fill('mine');
    const approvalId = (await approvalOf(run.id))?.id ?? '';
    await page.route('**/approvals?*', (route) =>
      route.request().method() === 'GET' ? route.abort() : route.continue(),
    );
    await place.client.updateApprovals(place.name, [{ approvalId, status: 'rejected' }]);
    await item(page, run).getByRole('button', { name: 'Approve' }).click();
    await page.getByRole('alert').first().waitFor();
    expect(await stateOf(run.id)).toBe('rejected');
  });
});
