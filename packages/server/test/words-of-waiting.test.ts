import {
  APPROVAL_CHECK,
  BUSINESS_HOURS_TASK,
  TASK_CHECK,
  type Collection,
  type ExplainView,
  type RunView,
  type WireCheckSuite,
  type WireTimeline,
} from '@signalbox/api';
import { afterEach, describe, expect, it } from 'vitest';
import { DEPLOY_TO_QA, lockEnvironment, makeProject, queue } from './support/project.ts';
import { testServer, type TestServer } from './support/test-server.ts';

const NIGHT = {
  displayName: 'Night',
  definitionRef: { id: BUSINESS_HOURS_TASK },
  inputs: { businessDays: 'Sunday', timeZone: 'Europe/Berlin', startTime: '03:00', endTime: '03:01' },
};
const PEOPLE = { approvers: [{ displayName: 'administrator' }] };
const PERMISSIONS = '/Demo/_apis/pipelines/pipelinePermissions/environment/1';

/** A check to be added: the id of its type, and its settings. */
type NewCheck = readonly [type: string, settings: object];

describe('the words of waiting (LAW-14)', () => {
  const open: TestServer[] = [];
  afterEach(async () => {
    for (const box of open.splice(0)) await box.close();
  });

  async function waiting(check: NewCheck | undefined, restricted = false): Promise<TestServer> {
    const box = await testServer({ clock: () => Date.parse('2026-11-23T10:00:00Z') });
    open.push(box);
    const { project, definition } = await makeProject(box, { yaml: DEPLOY_TO_QA });
    await lockEnvironment(box, project);
    if (check !== undefined) {
      const [id, settings] = check;
      const body = { type: { id }, resource: { type: 'environment', id: '1' }, settings };
      await box.json('POST', '/Demo/_apis/pipelines/checks/configurations', body);
    }
    if (restricted) await box.json('PATCH', PERMISSIONS, { allPipelines: { authorized: false } });
    await queue(box, project, definition.id);
    await box.server.settle();
    return box;
  }

  const viewOf = (box: TestServer): Promise<RunView> =>
    box.json<RunView>('GET', '/Demo/_apis/signalbox/runs/1');

  /** What each of the answers about the run says of its first check. */
  async function said(box: TestServer): Promise<Readonly<Record<string, string | undefined>>> {
    const [stage] = (await viewOf(box)).stages;
    const { records } = await box.json<WireTimeline>('GET', '/Demo/_apis/build/builds/1/timeline');
    const suites = await box.json<Collection<WireCheckSuite>>(
      'GET',
      '/Demo/_apis/pipelines/checks/runs?runId=1',
    );
    const explained = await box.json<ExplainView>('GET', '/Demo/_apis/signalbox/runs/1/explain');
    const view = stage?.checks?.[0];
    return {
      view: view?.text,
      timeline: records.find(({ id }) => id === view?.id)?.currentOperation ?? undefined,
      suite: suites.value[0]?.checkRuns.find(({ id }) => id === view?.id)?.waitsFor,
      chain: explained.stages[0]?.chain[0],
    };
  }

  const TIMES = 'since 2026-11-23 10:00 UTC';
  it.each([
    [
      'an approval',
      [APPROVAL_CHECK, PEOPLE] as NewCheck,
      false,
      `aits for approval of qa by administrator ${TIMES}, times out at 2026-12-23 10:00 UTC; administrators of qa may bypass it.`,
      ['bypass'],
    ],
    [
      'business hours',
      [TASK_CHECK, NIGHT] as NewCheck,
      false,
      `aits for business hours 'Night' of qa ${TIMES} until Sun 29 Nov 03:00 Europe/Berlin, times out at 2026-11-24 10:00 UTC; administrators of qa may bypass it.`,
      ['bypass'],
    ],
    [
      'a permission',
      undefined,
      true,
      `aits until somebody permits pipeline deploy to use qa, ${TIMES}, times out at 2026-12-23 10:00 UTC; administrators of qa can.`,
      ['permit'],
    ],
  ] as const)(
    'are the same in run, timeline, suite and explanation: %s',
    async (_, check, restricted, words, acts) => {
      const box = await waiting(check, restricted);
      const { chain, ...others } = await said(box);
      expect(others).toEqual({ view: `W${words}`, timeline: `W${words}`, suite: `W${words}` });
      expect(chain).toMatch(/^Stage Deploy of run \S+ of /);
      expect(chain).toContain(` w${words}`);
      expect((await viewOf(box)).stages[0]?.checks?.[0]).toMatchObject({ awaited: true, acts });
    },
  );

  it('offer nothing to those who may only read', async () => {
    const box = await waiting([APPROVAL_CHECK, PEOPLE]);
    const answer = await box.call('GET', '/Demo/_apis/signalbox/runs/1', {
      token: await box.token('reader'),
    });
    expect((answer.json() as RunView).stages[0]?.checks?.[0]?.acts).toEqual([]);
  });

  it('end when a check is bypassed: who did it, and why', async () => {
    const box = await waiting([APPROVAL_CHECK, PEOPLE]);
    const [check] = (await viewOf(box)).stages[0]?.checks ?? [];
    const body = { action: 'bypass', checkId: check?.id, comment: 'the hotfix cannot wait' };
    await box.json('PATCH', `/Demo/_apis/pipelines/checks/runs/${check?.suite}`, body);
    await box.server.settle();
    expect((await viewOf(box)).stages[0]?.checks?.[0]).toMatchObject({
      awaited: false,
      acts: [],
      text: 'Approval of qa was bypassed at 2026-11-23 10:00 UTC, by administrator: the hotfix cannot wait.',
    });
  });
});
