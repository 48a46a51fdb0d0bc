import { basename } from 'node:path';
import {
  APPROVAL_CHECK,
  BRANCH_CONTROL_TASK,
  BUSINESS_HOURS_TASK,
  EXTENDS_CHECK,
  TASK_CHECK,
  type Collection,
  type WireCheck,
  type WireCheckSuite,
} from '@signalbox/api';
import { afterEach, describe, expect, it } from 'vitest';
import {
  DEPLOY_TO_QA,
  DEPLOYING_TEMPLATE,
  lockEnvironment,
  makeProject,
  queue,
  runOf,
} from './support/project.ts';
import { testServer, type TestOptions, type TestServer } from './support/test-server.ts';

const CHECKS = '/Demo/_apis/pipelines/checks/configurations?$expand=settings';
const RUNS = '/Demo/_apis/pipelines/checks/runs';

/** Open for a minute in the night of Sundays. */
const NIGHT = {
  displayName: 'Night',
  definitionRef: { id: BUSINESS_HOURS_TASK },
  inputs: { businessDays: 'Sunday', timeZone: 'UTC', startTime: '03:00', endTime: '03:01' },
};

/** Whoever the test server's administrator is. */
const PEOPLE = { approvers: [{ displayName: 'administrator' }] };

describe('check suites over REST', () => {
  const open: TestServer[] = [];
  afterEach(async () => {
    for (const box of open.splice(0)) await box.close();
  });

  /** A project with checks on its environment, and one run that waits for them. */
  async function waiting(
    checks: readonly (readonly [type: string, settings: object])[],
    options: TestOptions = {},
  ): Promise<TestServer> {
    const box = await testServer(options);
    open.push(box);
    const { project, definition } = await makeProject(box, { yaml: DEPLOY_TO_QA });
    await lockEnvironment(box, project);
    for (const [id, settings] of checks) {
      const resource = { type: 'environment', id: '1' };
      await box.json<WireCheck>('POST', CHECKS, { type: { id }, resource, settings });
    }
    await queue(box, project, definition.id);
    await box.server.settle();
    return box;
  }

  async function suite(box: TestServer): Promise<WireCheckSuite> {
    const { value } = await box.json<Collection<WireCheckSuite>>('GET', `${RUNS}?runId=1`);
    expect(value).toHaveLength(1);
    return value[0]!;
  }

  async function patch(box: TestServer, body: object, token?: string): Promise<readonly [number, string]> {
    const { id } = await suite(box);
    const given = { body, ...(token !== undefined && { token }) };
    const answer = await box.call('PATCH', `${RUNS}/${id}`, given);
    await box.server.settle();
    return [answer.statusCode, answer.body];
  }

  it('says what a stage waits for, since when, until when, in the order of creation (CHK-2, CHK-20, CHK-23, CHK-31)', async () => {
    const now = Date.parse('2026-11-23T10:00:00Z');
    const box = await waiting(
      [
        [TASK_CHECK, NIGHT],
        [APPROVAL_CHECK, PEOPLE],
      ],
      { clock: () => now },
    );
    const found = await suite(box);
    expect(found).toMatchObject({
      status: 'running',
      message: 'Waits for Approval of qa.',
      context: { run: { id: 1 }, stage: { name: 'Deploy', attempt: 1 } },
      checkRuns: [
        {
          status: 'queued',
          evaluationOrder: 'main',
          displayName: 'Night of qa',
          checkConfigurationRef: { id: 1_000_000_001, version: 1, type: { id: TASK_CHECK } },
          waitsFor: '',
        },
        {
          status: 'running',
          evaluationOrder: 'preChecks',
          waitsFor:
            'Waits for approval of qa by administrator since 2026-11-23 10:00 UTC, times out at 2026-12-23 10:00 UTC; administrators of qa may bypass it.',
          createdDate: '2026-11-23T10:00:00.000Z',
          timeoutOn: '2026-12-23T10:00:00.000Z',
        },
      ],
    });
    expect(await box.json('GET', `${RUNS}/${found.id}`)).toEqual(found);
    expect(await box.json('POST', RUNS, { id: found.id.toUpperCase() })).toEqual(found);
  });

  it('bypasses a check for an administrator, with who and why, whatever the letter case of keys (CHK-50, CHK-53)', async () => {
    const box = await waiting([[TASK_CHECK, NIGHT]]);
    const [check] = (await suite(box)).checkRuns;
    expect(check).toMatchObject({ actions: ['bypass'] });
    expect(check?.waitsFor).toContain("Waits for business hours 'Night' of qa since");
    const body = { Action: 1, CheckId: check?.id.toUpperCase(), Comment: 'the hotfix cannot wait' };
    expect((await patch(box, body))[0]).toBe(200);
    expect(await suite(box)).toMatchObject({
      status: 'approved',
      checkRuns: [
        {
          status: 'bypassed',
          resultUpdates: [
            {
              action: 'bypass',
              comment: 'the hotfix cannot wait',
              modifiedBy: { displayName: 'administrator' },
            },
          ],
        },
        { status: 'approved', evaluationOrder: 'final' },
      ],
    });
    expect((await runOf(box, 'Demo', 1)).stages[0]?.state).toBe('running');
    expect(await patch(box, body)).toMatchObject([409, expect.stringContaining('is bypassed') as string]);
  });

  it('has the lock as the last check, with the reasons why the stage waits (CHK-20, CHK-23, LOCK-20)', async () => {
    const box = await waiting([]);
    const holder = await suite(box);
    expect(holder).toMatchObject({
      status: 'approved',
      checkRuns: [
        { status: 'approved', evaluationOrder: 'final', displayName: 'Exclusive lock of qa', actions: [] },
      ],
    });
    await queue(box, 'Demo', 1);
    await box.server.settle();
    const { value } = await box.json<Collection<WireCheckSuite>>('GET', `${RUNS}?runId=2`);
    expect(value[0]).toMatchObject({
      status: 'running',
      message: 'Waits for Exclusive lock of qa.',
      checkRuns: [{ status: 'running', checkConfigurationRef: { id: 1, resource: { name: 'qa' } } }],
    });
    expect(value[0]?.checkRuns[0]?.waitsFor).toMatch(/run 1|20\d+\.1/);
    const lock = { action: 'bypass', checkId: value[0]?.checkRuns[0]?.id };
    expect((await box.call('PATCH', `${RUNS}/${value[0]?.id}`, { body: lock })).statusCode).toBe(404);
  });

  it('lets nobody else bypass (CHK-50)', async () => {
    const box = await waiting([[TASK_CHECK, NIGHT]]);
    const body = { action: 'bypass', checkId: 1_000_000_001 };
    expect((await patch(box, body, await box.token('reader')))[0]).toBe(403);
    const refused = await patch(box, body, await box.token('contributor'));
    expect(refused).toMatchObject([403, expect.stringContaining('does not administer qa') as string]);
    expect((await suite(box)).status).toBe('running');
  });

  it.each([
    { body: { action: 'rerun', checkId: 1_000_000_001 }, status: 400, says: 'there is no rerun' },
    { body: { action: 'bypass', checkId: 7 }, status: 404, says: 'A check 7 of this suite' },
    { body: { action: 'bypass' }, status: 404, says: '(none)' },
    { body: { action: 'skip', checkId: 1_000_000_001 }, status: 400, says: 'must be one of' },
    { body: { checkId: 1_000_000_001 }, status: 400, says: 'must be rerun, bypass or defer' },
    { body: { action: 2, checkId: 1_000_000_001 }, status: 400, says: 'deferredTo' },
    { body: { action: 1, checkId: 1_000_000_001, until: 'now' }, status: 400, says: 'has no \\"until\\"' },
  ])('refuses $body with $status (CHK-53)', async ({ body, status, says }) => {
    const box = await waiting([[TASK_CHECK, NIGHT]]);
    expect(await patch(box, body)).toMatchObject([status, expect.stringContaining(says) as string]);
    expect((await suite(box)).status).toBe('running');
  });

  it('knows no suite of another project, of no run, or that did not begin', async () => {
    const box = await waiting([[TASK_CHECK, NIGHT]]);
    const { id } = await suite(box);
    await box.json('POST', '/_apis/projects', { name: 'Other' });
    const paths = [
      `/Other/_apis/pipelines/checks/runs/${id}`,
      '/Other/_apis/pipelines/checks/runs?runId=1',
      `${RUNS}/${id.replace(/0$/, '5')}`,
      `${RUNS}/nonsense`,
    ];
    for (const path of paths) expect((await box.call('GET', path)).statusCode, path).toBe(404);
    expect((await box.call('GET', RUNS)).statusCode).toBe(400);
    expect((await box.call('POST', RUNS, { body: {} })).statusCode).toBe(400);
  });

  it('fails a stage on a branch that is not allowed, and says so (CHK-61, CHK-30, CHK-32)', async () => {
    const inputs = { allowedBranches: 'refs/heads/release/*' };
    const settings = { definitionRef: { id: BRANCH_CONTROL_TASK.toUpperCase() }, inputs };
    const box = await waiting([[TASK_CHECK, settings]]);
    const { status, message } = await suite(box);
    expect(status).toBe('rejected');
    expect(message).toMatch(/^Branch control of qa: the repository of the pipeline is at refs\/heads\/\S+,/);
    expect(await runOf(box, 'Demo', 1)).toMatchObject({ result: 'failed' });
  });

  it('lets runs pass that extend a template of their own repository (CHK-60)', async () => {
    const box = await testServer();
    open.push(box);
    const { project, definition, folder } = await makeProject(box, {
      yaml: 'extends: { template: secure.yml }',
      files: { 'secure.yml': DEPLOYING_TEMPLATE },
    });
    await lockEnvironment(box, project);
    const check = (templatePath: string): Promise<WireCheck> =>
      box.json('POST', CHECKS, {
        type: { id: EXTENDS_CHECK },
        resource: { type: 'environment', id: '1' },
        settings: {
          extendsChecks: [
            { repositoryName: basename(folder), repositoryRef: 'refs/heads/main', templatePath },
          ],
        },
      });
    await check('/secure.yml');
    await queue(box, project, definition.id);
    await box.server.settle();
    expect((await runOf(box, 'Demo', 1)).stages[0]?.state).toBe('running');
    await check('/other.yml');
    await queue(box, project, definition.id);
    await box.server.settle();
    expect((await runOf(box, 'Demo', 2)).result).toBe('failed');
  });
});
