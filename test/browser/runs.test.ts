import { APPROVAL_CHECK } from '@signalbox/api';
import { beforeAll, expect, it } from 'vitest';
import { eachLook } from './support/looks.ts';
import { newGate, newPlace, type Place } from './support/place.ts';
import { describeInBrowser } from './support/visit.ts';

const GATE = newGate();

const FORM = `
trigger: none
parameters:
  - { name: target, displayName: Where to, type: string, default: staging, values: [staging, production] }
  - { name: ticket, displayName: Number of the change, type: string }
  - { name: dry, displayName: Only try, type: boolean, default: false }
pool: Default
stages:
  - stage: Build
    condition: false
    jobs: [{ job: A, steps: [{ checkout: none }, { script: echo built }] }]
  - stage: Deploy
    displayName: Deploy to \${{ parameters.target }}
    dependsOn: Build
    jobs: [{ job: B, steps: [{ checkout: none }, { script: echo deployed }] }]
  - stage: Always
    dependsOn: Build
    isSkippable: false
    jobs: [{ job: C, steps: [{ checkout: none }, { script: 'echo \${{ parameters.ticket }} \${{ parameters.dry }}' }] }]
`;

const step = (script: string): string => `
trigger: none
pool: Default
steps:
  - checkout: none
  - bash: ${script}
`;

const ASKING = `
trigger: none
stages:
  - stage: Release
    jobs:
      - deployment: Roll
        pool: Default
        environment: shop-live
        strategy: { runOnce: { deploy: { steps: [{ checkout: none }, { script: echo live }] } } }
`;

describeInBrowser('pipelines and runs', (open) => {
  let place: Place;
  let failed = 0;
  let held = 0;

  beforeAll(async () => {
    place = await newPlace('Shop', {
      'shop-web.yml': step('echo fine'),
      'billing.yml': step('echo "##vso[task.logissue type=error]The rates are old"; exit 1'),
      'slow.yml': step(GATE.wait),
      'release.yml': ASKING,
      'form.yml': FORM,
      'broken.yml': 'stages: 7\n',
    });
    const environment = await place.client.createEnvironment('Shop', { name: 'shop-live' });
    await place.client.addCheck('Shop', {
      type: { id: APPROVAL_CHECK },
      resource: { type: 'environment', id: String(environment.id) },
      settings: { approvers: [{ displayName: 'administrator' }], instructions: 'Look *twice*.' },
    });
    held = await place.queue('slow');
    const asking = await place.queue('release');
    failed = await place.queue('billing');
    const fine = await place.client.queueBuild('Shop', place.pipelines['shop-web'] ?? 0, {
      branch: 'feature',
    });
    await Promise.all([place.whenOver(failed), place.whenOver(fine.id)]);
    await place.whenStage(held, '__default', 'running');
    await place.whenStage(asking, 'Release', 'waiting');
  });

  it('shows at home what needs somebody, what runs, and what waits', async () => {
    const { page } = await open(place.at());
    const needs = page.getByRole('region', { name: 'Needs somebody' });
    await needs.getByRole('link', { name: /Release of release .* asks for approval/ }).waitFor();
    await needs.getByText('waits for you').waitFor();
    await needs.getByRole('link', { name: /^billing .* failed$/ }).waitFor();
    await page.getByRole('region', { name: 'Running' }).getByRole('link', { name: /slow/ }).waitFor();
    await page
      .getByRole('region', { name: 'Waiting' })
      .getByRole('link', { name: /release/ })
      .waitFor();
    await eachLook(page, 'home');
    await needs.getByRole('link', { name: /^billing .* failed$/ }).click();
    await page.waitForURL(place.at(`runs/${failed}`));
  });

  it('lists the pipelines, finds one, and shows its runs', async () => {
    const { page } = await open(place.at('pipelines'));
    await page.getByRole('link', { name: 'billing', exact: true }).waitFor();
    await eachLook(page, 'pipelines');
    await page.keyboard.press('/');
    await page.keyboard.type('shop');
    await page.getByRole('link', { name: 'billing', exact: true }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'shop-web', exact: true }).click();
    await page.getByRole('heading', { name: 'shop-web', level: 1 }).waitFor();
    await page.getByRole('link', { name: /^shop-web \d/ }).waitFor();
    await eachLook(page, 'pipeline');
  });

  it('narrows the runs by state, pipeline, branch, person and words, and keeps a search under a name', async () => {
    const { page } = await open(place.at('runs'));
    const lines = page.locator('.line');
    const only = (name: string): Promise<void> =>
      page
        .waitForFunction((wanted) => {
          const titles = [...document.querySelectorAll('.line .line-title bdi')];
          return titles.length > 0 && titles.every((title) => title.textContent === wanted);
        }, name)
        .then(() => undefined);
    await page.getByRole('link', { name: /^billing/ }).waitFor();
    expect(await lines.count()).toBe(4);
    await eachLook(page, 'runs');
    await page.getByRole('button', { name: 'Failed' }).click();
    await only('billing');
    await page.getByRole('button', { name: 'Save this view' }).click();
    await page.getByLabel('Name of the view').fill('what failed');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'All', exact: true }).click();
    await page.getByLabel('Branch', { exact: true }).fill('feature');
    await only('shop-web');
    expect(new URL(page.url()).search).toBe('?branch=feature');
    await page.getByLabel('Branch', { exact: true }).fill('');
    await page.getByLabel('Pipeline').selectOption('slow');
    await only('slow');
    await page.getByLabel('Pipeline').selectOption('All pipelines');
    await page.getByLabel('Requested for').fill('nobody');
    await page.getByText('No run matches').waitFor();
    await eachLook(page, 'runs-none');
    await page.getByRole('link', { name: 'Show all runs' }).click();
    await page.getByLabel('Search the runs').fill('release');
    await only('release');
    await page.reload();
    await only('release');
    await page.getByRole('link', { name: 'what failed' }).click();
    await only('billing');
    expect(new URL(page.url()).search).toBe('?state=failed');
  });

  it('queues a run with what the form asks for', async () => {
    const { page } = await open(place.at(`pipelines/${place.pipelines['form']}/queue`));
    await page.getByLabel('Where to').selectOption('production');
    await eachLook(page, 'queue-form');
    await page.getByRole('button', { name: 'Queue the run' }).click();
    expect(page.url()).toContain('/queue');
    await page.getByLabel('Number of the change').fill('C-7');
    await page.getByLabel('Only try').check();
    expect(await page.getByLabel('Always').isDisabled()).toBe(true);
    await page.getByLabel('Deploy to staging').uncheck();
    await page.getByText('Variables', { exact: true }).click();
    await page.getByLabel('One to a line').fill('no name');
    await page.getByText('has no name before').waitFor();
    await page.getByLabel('One to a line').fill('level=high\nname=a=b');
    await page.getByRole('button', { name: 'Queue the run' }).click();
    await page.getByRole('heading', { name: /^form /, level: 1 }).waitFor();
    const id = Number(new URL(page.url()).pathname.split('/').at(-1));
    expect((await place.client.getRunYaml(place.name, id)).yaml).toContain('echo C-7 True');
    const run = await place.rest<{ parameters: string }>('GET', `/_apis/build/builds/${id}`);
    expect(JSON.parse(run.parameters)).toEqual({ level: 'high', name: 'a=b' });
    const stages = (await place.run(id)).stages.map(({ name, displayName }) => [name, displayName]);
    expect(stages).toContainEqual(['Deploy', 'Deploy to production']);
    expect((await place.whenStage(id, 'Deploy', 'completed')).result).toBe('skipped');
  });

  it('says what is wrong with a file, and what is wrong with a branch', async () => {
    const { page } = await open(place.at(`pipelines/${place.pipelines['broken']}/queue`));
    await page.getByText('The pipeline file is not right').waitFor();
    await page.getByText('broken.yml:1:', { exact: false }).first().waitFor();
    await eachLook(page, 'queue-broken');
    await page.getByLabel('Branch or tag').fill('no-such-branch');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('no-such-branch').waitFor();
  });

  it('offers a reader no button that would be refused', async () => {
    const { page } = await open(place.at('runs'), { as: 'reader' });
    await page.getByRole('link', { name: /^billing/ }).waitFor();
    expect(await page.getByRole('link', { name: 'Queue a run' }).count()).toBe(0);
    await page.goto(place.at(`runs/${held}`));
    await page.getByRole('heading', { name: /^slow/, level: 1 }).waitFor();
    expect(await page.getByRole('button', { name: /cancel/i }).count()).toBe(0);
    expect(await page.getByRole('link', { name: 'Run again' }).count()).toBe(0);
  });

  it('goes from page to page with the keyboard, says where it is, and goes back', async () => {
    const { page } = await open(place.at());
    await page.getByRole('region', { name: 'Running' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor();
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
    expect([page.url(), await page.title()]).toEqual([place.at('runs'), 'Runs · Shop · Signalbox']);
    await page.keyboard.press('/');
    await page.keyboard.type('billing');
    await page.getByRole('link', { name: /^slow/ }).waitFor({ state: 'detached' });
    expect(new URL(page.url()).search).toBe('?text=billing');
    await page.getByRole('heading', { level: 1 }).focus();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /^billing \d/, level: 1 }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Runs', level: 1 }).waitFor();
    expect(new URL(page.url()).search).toBe('?text=billing');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await eachLook(page, 'help');
    await page.keyboard.press('Escape');
    await page.keyboard.press('t');
    expect(await page.evaluate(() => document.documentElement.dataset['theme'])).toBe('light');
  });

  it('leads from addresses of Azure and of old mails to the run', async () => {
    const origin = new URL(place.at()).origin;
    const old = `${origin}/?project=Shop#run-${failed}`;
    for (const address of [`${place.at('_build/results')}?buildId=${failed}&view=results`, old]) {
      const { page } = await open(address);
      await page.getByRole('heading', { name: /^billing/, level: 1 }).waitFor();
      expect(page.url()).toBe(place.at(`runs/${failed}`));
    }
  });

  it('shows what changes elsewhere, and says it to those who do not watch', async () => {
    const { page } = await open(place.at('runs'));
    await page.getByRole('link', { name: /^slow/ }).waitFor();
    await page.getByText('Live', { exact: true }).waitFor();
    const id = await place.queue('shop-web');
    await page.locator(`[data-run="${id}"]`).waitFor();
    await page.waitForFunction(() =>
      [...document.querySelectorAll('[aria-live="polite"]')].some((region) =>
        /of shop-web/.test(region.textContent ?? ''),
      ),
    );
    GATE.open();
    await page
      .locator('.line', { has: page.locator(`[data-run="${held}"]`) })
      .getByText('succeeded')
      .first()
      .waitFor();
    expect(await page.locator(`[data-run="${id}"]`).count()).toBe(1);
  });
});
