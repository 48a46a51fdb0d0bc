import type { LockRequestView, LockView, RunView } from '@signalbox/api';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { gitRepository, nextCommit } from '../support/repository.ts';
import { startSignalbox, type Signalbox } from '../support/signalbox.ts';
import { waitUntil } from '../support/wait.ts';
import { eachLook } from './support/looks.ts';
import { describeInBrowser } from './support/visit.ts';

const SHOP = `
stages:
  - stage: Build
    jobs:
      - job: Compile
        steps:
          - checkout: none
          - script: if [ $(Build.BuildId) = 1 ]; then sleep 8; fi
  - stage: Deploy
    jobs:
      - deployment: Roll
        environment: production
        strategy:
          runOnce:
            deploy:
              steps:
                - script: echo deployed
`;

const WAIT_MS = 120_000;

// A server of its own: the way begins where nothing is there, not even a project.
describeInBrowser('from a fresh start to the first ordered deployment', (open) => {
  let box: Signalbox;
  let folder = '';

  beforeAll(async () => {
    box = await startSignalbox({ agents: 2 });
    folder = gitRepository({ 'azure-pipelines.yml': SHOP, 'docs/notes.yml': 'title: x\n' });
  });

  afterAll(() => box?.stop());

  const button = (page: Page, name: string): Promise<void> => page.getByRole('button', { name }).click();
  const next = (page: Page, title: string): Promise<void> =>
    page.getByRole('heading', { name: title }).waitFor();

  it('takes what the screen says, and no more', async () => {
    const began = performance.now();
    const link = (): string | undefined => /http:\/\/\S+\/signin\?code=[\w-]+/.exec(box.output())?.[0];
    await waitUntil('the link to sign in is printed', () => link() !== undefined);
    const { page } = await open(link() ?? '', { token: null });

    await page.getByLabel('Name of the project').fill('Shop');
    await button(page, 'Make the project');
    await next(page, 'Where is your repository?');
    await page.getByLabel('Repository').fill(folder);
    await button(page, 'Find its pipelines');
    await next(page, 'Which file is the pipeline?');
    expect(await page.getByLabel('Path of the file').inputValue()).toBe('azure-pipelines.yml');
    await button(page, 'See what it does');
    await next(page, 'What it does');
    await page.getByText('deploys to production').waitFor();
    await button(page, 'Go on');
    await next(page, 'Name it, and say how it queues');
    await button(page, 'Save and queue the first run');
    await page.waitForURL(/\/Shop\/runs\/1$/);

    // The second run, of which the build is over first.
    await page.getByRole('link', { name: 'Pipelines' }).first().click();
    await page.getByRole('link', { name: /^Run / }).click();
    await button(page, 'Queue the run');
    await page.waitForURL(/\/Shop\/runs\/2$/);
    const seconds = Math.round((performance.now() - began) / 100) / 10;
    await waitUntil('both runs are over', bothAreOver, WAIT_MS);
    const all = Math.round((performance.now() - began) / 100) / 10;
    console.log(`first ordered deployment: ${seconds} s to queue two runs, ${all} s until both had deployed`);

    const { value: locks } = await box.rest<{ value: LockView[] }>('GET', '/Shop/_apis/signalbox/locks');
    expect(locks).toMatchObject([
      { name: 'production', policy: { behavior: 'sequential', orderBy: 'runQueueTime' } },
    ]);
    const history = `/Shop/_apis/signalbox/locks/${locks[0]?.id ?? 0}/history`;
    const { value: held } = await box.rest<{ value: LockRequestView[] }>('GET', history);
    const inTurn = held.toSorted((a, b) => (a.token ?? 0) - (b.token ?? 0));
    expect(inTurn.map(({ runId }) => runId)).toEqual([1, 2]);
  });

  async function bothAreOver(): Promise<boolean> {
    const { value } = await box.rest<{ value: RunView[] }>('GET', '/Shop/_apis/signalbox/runs');
    return value.length === 2 && value.every(({ result }) => result === 'succeeded');
  }

  it('keeps what was typed when one goes back, and says plainly what is wrong', async () => {
    const { page } = await open(`${box.url}/Shop/start`, { token: box.token });
    await page.getByLabel('Repository').fill('/nowhere/at/all');
    await button(page, 'Find its pipelines');
    await page.getByText('There is no folder /nowhere/at/all').waitFor();
    await page.getByLabel('Repository').fill(folder);
    await page.getByLabel('Branch').fill('feature');
    await eachLook(page, 'start-repository');
    await page.keyboard.press('Enter');
    await next(page, 'Which file is the pipeline?');
    await page.getByText('Other YAML files').click();
    await page.getByLabel('docs/notes.yml').check();
    await eachLook(page, 'start-file');
    await button(page, 'See what it does');
    await next(page, 'The file is not right yet');
    await page.getByRole('button', { name: 'Look again' }).waitFor();
    await eachLook(page, 'start-faulty');
    await page.goBack();
    expect(await page.getByLabel('docs/notes.yml').isChecked()).toBe(true);
    await page.goBack();
    expect(await page.getByLabel('Branch').inputValue()).toBe('feature');
    await page.goForward();
    await page.getByLabel('azure-pipelines.yml').check();
    await button(page, 'See what it does');
    await next(page, 'What it does');
    await eachLook(page, 'start-graph');
    await button(page, 'Go on');
    await page.getByText('has a lock already').waitFor();
    await page.getByLabel('Name of the pipeline').fill('shop of the feature');
    await eachLook(page, 'start-queue');
  });

  it('looks again after a mistake was mended', async () => {
    const faulty = gitRepository({ 'azure-pipelines.yml': 'steps:\n  - scrpt: echo x\n' });
    const { page } = await open(`${box.url}/Shop/start`, { token: box.token });
    await page.getByLabel('Repository').fill(faulty);
    await button(page, 'Find its pipelines');
    await button(page, 'See what it does');
    await page.getByText('scrpt').first().waitFor();
    nextCommit(faulty, 'Mend it', { 'azure-pipelines.yml': 'steps:\n  - script: echo x\n' });
    await button(page, 'Look again');
    await next(page, 'What it does');
  });
});
