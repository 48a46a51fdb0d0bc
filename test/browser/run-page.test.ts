import { nextCommit } from '../support/repository.ts';
import { beforeAll, expect, it } from 'vitest';
import { newGate, newPlace, type Place } from './support/place.ts';
import { describeInBrowser } from './support/visit.ts';

const GATE = newGate();

const RELEASE = `
trigger: none
pool: Default
stages:
  - stage: Build
    jobs:
      - job: Compile
        steps:
          - checkout: none
          - bash: |
              mkdir out && echo hello > out/hello.txt
              cat > results.xml <<'XML'
              <testsuite name="Contract tests" tests="2" failures="1" time="1">
                <testcase classname="Rates" name="adds up" time="0.5"/>
                <testcase classname="Rates" name="rounds" time="0.5"><failure message="was 1 cent off">x</failure></testcase>
              </testsuite>
              XML
              echo '# Release notes' > notes.md
              echo 'Nothing to <b>fear</b>.' >> notes.md
              echo "##vso[task.uploadsummary]$PWD/notes.md"
            displayName: Compile it
          - task: PublishTestResults@2
            inputs: { testResultsFormat: JUnit, testResultsFiles: results.xml, testRunTitle: Contract tests }
          - publish: out
            artifact: web
  - stage: Test
    dependsOn: Build
    jobs:
      - job: Try
        steps:
          - checkout: none
          - bash: |
              echo "##vso[task.logissue type=error]The shop did not answer"
              [ "$(System.StageAttempt)" = 2 ]
            displayName: Try it
  - stage: Deploy
    dependsOn: Test
    displayName: Deploy to the shop
    jobs: [{ job: Ship, steps: [{ checkout: none }, { bash: echo shipped }] }]
  - stage: Tidy
    dependsOn: Build
    trigger: manual
    jobs: [{ job: Sweep, steps: [{ checkout: none }, { bash: echo swept }] }]
`;

const SLOW = `
trigger: none
pool: Default
stages:
  - stage: First
    jobs: [{ job: A, steps: [{ checkout: none }, { bash: '${GATE.wait}' }] }]
  - stage: Second
    jobs: [{ job: B, steps: [{ checkout: none }, { bash: echo later }] }]
`;

describeInBrowser('the page of a run', (open) => {
  let place: Place;
  let run = 0;

  beforeAll(async () => {
    place = await newPlace('Release', { 'release.yml': RELEASE, 'slow.yml': SLOW });
    const first = await place.queue('release');
    nextCommit(place.repository, 'Round the rates <i>up</i>');
    run = await place.queue('release');
    await place.whenStage(first, 'Test', 'completed');
    await place.whenStage(run, 'Test', 'completed');
  });

  it('draws the stages, and leads to the inside of each and to its logs', async () => {
    const { page } = await open(place.at(`runs/${run}`));
    const graph = page.getByRole('navigation', { name: 'Stages' });
    await graph.getByRole('link', { name: /^Build/ }).waitFor();
    await page.getByText('The shop did not answer').first().waitFor();
    await graph.getByRole('link', { name: /^Build/ }).click();
    await page.waitForURL(place.at(`runs/${run}/stages/Build`));
    await page.getByRole('button', { name: /Compile it/ }).click();
    await page.getByRole('region', { name: 'Log of Compile it' }).waitFor();
    expect(page.url()).toMatch(/\/log\/\d+$/);
  });

  it('shows its timeline, what it left, its changes and its file', async () => {
    const { page } = await open(place.at(`runs/${run}`));
    const parts = page.getByRole('navigation', { name: 'Parts of the run' });
    await parts.getByRole('link', { name: 'Timeline' }).click();
    await page.getByRole('table', { name: 'Timeline' }).getByText('Try it').waitFor();
    await parts.getByRole('link', { name: 'Tests and artifacts' }).click();
    await page.getByText(/Contract tests.*1 failed/).waitFor();
    await page.getByText('was 1 cent off').waitFor();
    await page.getByRole('heading', { name: 'Release notes' }).waitFor();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'web', exact: true }).click(),
    ]);
    expect(file.suggestedFilename()).toMatch(/\.zip$/);
    await parts.getByRole('link', { name: 'Changes' }).click();
    await page.getByText('Round the rates <i>up</i>').first().waitFor();
    await parts.getByRole('link', { name: 'YAML' }).click();
    await page
      .getByRole('navigation', { name: 'Stages in the text' })
      .getByRole('link', { name: 'Tidy' })
      .click();
    const line = page.locator('.yaml-target');
    await line.waitFor();
    expect(await line.textContent()).toContain('Tidy');
    await page
      .getByText(/release\.yml:\d+/)
      .first()
      .waitFor();
  });

  it('runs a stage again that failed, and starts one by hand', async () => {
    const { page } = await open(place.at(`runs/${run}/stages/Test`));
    await page.getByRole('button', { name: 'Run again Test', exact: true }).click();
    await page.getByRole('button', { name: 'Run what failed again' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: /^Deploy to the shop.*succeeded/ }).waitFor();
    expect((await place.run(run)).stages.find(({ name }) => name === 'Test')).toMatchObject({
      attempt: 2,
      result: 'succeeded',
    });
    await page
      .getByText(/attempt 1/i)
      .first()
      .waitFor();
    await page.getByRole('link', { name: /^Tidy/ }).click();
    await page.getByRole('button', { name: 'Start Tidy' }).click();
    await page.getByRole('button', { name: 'Start the stage' }).click();
    await page.getByRole('link', { name: /^Tidy.*succeeded/ }).waitFor();
    expect((await place.whenOver(run)).result).toBe('succeeded');
  });

  it('cancels one stage, and the run goes on', async () => {
    const slow = await place.queue('slow');
    await place.whenStage(slow, 'First', 'running');
    const { page } = await open(place.at(`runs/${slow}`));
    await page.getByRole('button', { name: 'Cancel First' }).click();
    await page.getByRole('dialog', { name: 'Cancel First?' }).waitFor();
    await page.getByRole('button', { name: 'Cancel the stage' }).click();
    await page.getByRole('link', { name: /^First.*canceled/ }).waitFor();
    const { stages } = await place.whenOver(slow);
    expect(stages.map(({ result }) => result)).toEqual(['canceled', 'skipped']);
  });

  it('goes to the form of the same branch to run again', async () => {
    const { page } = await open(place.at(`runs/${run}`));
    await page.getByRole('link', { name: 'Run again', exact: true }).click();
    await page.waitForURL(`${place.at(`pipelines/${place.pipelines['release']}/queue`)}?branch=main`);
    await page.getByLabel('Branch or tag').waitFor();
  });

  it('prints what it says, without what only a screen can use', async () => {
    const { page } = await open(place.at(`runs/${run}/timeline`));
    await page.getByRole('table', { name: 'Timeline' }).waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.bar').isVisible()).toBe(false);
    expect(await page.locator('nav.side').isVisible()).toBe(false);
    expect(await page.getByRole('link', { name: 'Run again' }).isVisible()).toBe(false);
    expect(await page.getByRole('heading', { level: 1 }).isVisible()).toBe(true);
    expect(await page.getByRole('table', { name: 'Timeline' }).isVisible()).toBe(true);
  });

  it('says when there is no such run, and no such part of one', async () => {
    const { page } = await open(place.at('runs/999999'));
    await page.getByText('Run 999999 is not here').waitFor();
    await page.goto(place.at(`runs/${run}/secrets`));
    await page.getByText('A run has no part “secrets”').waitFor();
  });
});
