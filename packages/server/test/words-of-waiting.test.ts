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
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DEPLOY_TO_QA, lockEnvironment, makeProject, queue } from './support/project.ts';
import { testServer, type TestServer } from './support/test-server.ts';
import { checkedServer } from './support/waiting-stage.ts';

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

  const viewOf = (box: TestServer, run = 1): Promise<RunView> =>
    box.json<RunView>('GET', `/Demo/_apis/signalbox/runs/${run}`);

  /** What each of the answers about the run says of its first check. */
  async function said(box: TestServer, run = 1): Promise<Readonly<Record<string, string | undefined>>> {
    const [stage] = (await viewOf(box, run)).stages;
    const { records } = await box.json<WireTimeline>('GET', `/Demo/_apis/build/builds/${run}/timeline`);
    const suites = await box.json<Collection<WireCheckSuite>>(
      'GET',
      `/Demo/_apis/pipelines/checks/runs?runId=${run}`,
    );
    const explained = await box.json<ExplainView>('GET', `/Demo/_apis/signalbox/runs/${run}/explain`);
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

  it('are the same for a service, with what it said last and when it is asked next', async () => {
    const checked = await checkedServer({ clock: () => Date.parse('2026-11-23T10:00:00Z') });
    open.push(checked.box);
    checked.service.answer = () => ({ status: 503, body: 'busy' });
    await checked.addCheck({ urlSuffix: '/gate', method: 'GET' }, { retryInterval: 5 });
    await checked.queue();
    await vi.waitFor(
      async () => expect((await said(checked.box)).view).toContain('evaluation 1 failed'),
      60_000,
    );
    const { chain, ...others } = await said(checked.box);
    const words = `aits for REST check of qa ${TIMES}, evaluation 1 failed: It answered 503, the next is at 2026-11-23 10:05 UTC, times out at 2026-11-23 11:00 UTC; administrators of qa may bypass it, contributors may run it again or put it off.`;
    expect(others).toEqual({ view: `W${words}`, timeline: `W${words}`, suite: `W${words}` });
    expect(chain).toContain(` w${words}`);
    await checked.service.close();
  });

  it('are the same for a check that lapsed while the stage waited for its lock (LOCK-26)', async () => {
    let now = Date.parse('2026-11-23T10:00:00Z');
    const box = await testServer({ clock: () => now });
    open.push(box);
    const { project, definition } = await makeProject(box, { yaml: DEPLOY_TO_QA });
    await lockEnvironment(box, project);
    await queue(box, project, definition.id);
    await box.server.settle();
    const inputs = { ...NIGHT.inputs, businessDays: 'Monday', startTime: '09:00', endTime: '12:00' };
    const settings = { ...NIGHT, inputs };
    const body = { type: { id: TASK_CHECK }, resource: { type: 'environment', id: '1' }, settings };
    await box.json('POST', '/Demo/_apis/pipelines/checks/configurations', body);
    await queue(box, project, definition.id);
    await box.server.settle();
    now = Date.parse('2026-11-23T11:30:00Z');
    await box.server.settle();
    const { chain, ...others } = await said(box, 2);
    const words = `aits again for business hours 'Night' of qa ${TIMES} until Mon 30 Nov 09:00 Europe/Berlin, passed last at 2026-11-23 10:00 UTC, times out at 2026-11-24 10:00 UTC; administrators of qa may bypass it.`;
    expect(others).toEqual({ view: `W${words}`, timeline: `W${words}`, suite: `W${words}` });
    expect(chain).toContain(` w${words}`);
  });

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
