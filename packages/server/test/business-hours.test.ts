import { BUSINESS_HOURS_TASK, TASK_CHECK, type WireCheck } from '@signalbox/api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEPLOY_TO_QA, lockEnvironment, makeProject, queue, runOf } from './support/project.ts';
import { testServer, type TestServer } from './support/test-server.ts';

/** What Terraform and the page of Azure send (BH-1). */
const OFFICE = {
  businessDays: 'Monday, Tuesday, Wednesday, Thursday, Friday',
  timeZone: 'W. Europe Standard Time',
  startTime: '08:00',
  endTime: '17:00',
};

const CHECKS = '/Demo/_apis/pipelines/checks/configurations';
const CALENDARS = '/Demo/_apis/signalbox/calendars';

/** How it waits, as the timeline and the explanation say it. */
const CLOSED = / until Mon 23 Nov 08:00 Europe\/Berlin, times out at .* administrators of qa may bypass it/;

describe('business hours over REST', () => {
  let box: TestServer;
  let now: number;
  let definition: number;

  beforeEach(async () => {
    // Sunday, 22 November 2026, 11:00 in Berlin.
    now = Date.UTC(2026, 10, 22, 10);
    box = await testServer({ clock: () => now });
    ({ id: definition } = (await makeProject(box, { yaml: DEPLOY_TO_QA })).definition);
    await lockEnvironment(box, 'Demo');
  });
  afterEach(() => box.close());

  const bodyOf = (inputs: object, more: object = {}): object => ({
    type: { id: TASK_CHECK, name: 'Task Check' },
    resource: { type: 'environment', id: '1' },
    settings: {
      displayName: 'Business Hours',
      definitionRef: { id: BUSINESS_HOURS_TASK, name: 'evaluateBusinessHours', version: '0.0.1' },
      inputs,
      retryInterval: 5,
      ...more,
    },
    timeout: 4320,
  });
  const add = (inputs: object): Promise<WireCheck> => box.json('POST', CHECKS, bodyOf(inputs));
  const inputsOf = async ({ id }: WireCheck): Promise<unknown> =>
    (await box.json<{ settings: { inputs: unknown } }>('GET', `${CHECKS}/${id}?$expand=settings`)).settings
      .inputs;
  const refusal = async (inputs: object): Promise<string> => {
    const answer = await box.call('POST', CHECKS, { body: bodyOf(inputs) });
    expect(answer.statusCode).toBe(400);
    return answer.json<{ message: string }>().message;
  };

  it('gives back the inputs as Azure writes them (BH-1)', async () => {
    expect(await inputsOf(await add(OFFICE))).toEqual(OFFICE);
  });

  it('takes several windows in one text, and calendars by name', async () => {
    await box.json('PUT', `${CALENDARS}/year-end`, { dates: [{ from: '12-24', to: '01-02' }, '2026-11-27'] });
    const inputs = {
      timeZone: 'Europe/Berlin',
      windows: 'Mon-Thu 8:00-12:00, 13:00-17:00; Friday 08:00-12:00',
      calendars: 'YEAR-END',
    };
    expect(await inputsOf(await add(inputs))).toEqual({
      timeZone: 'Europe/Berlin',
      windows: 'Monday, Tuesday, Wednesday, Thursday 08:00-12:00, 13:00-17:00; Friday 08:00-12:00',
      calendars: 'year-end',
    });
  });

  it.each([
    [{ ...OFFICE, timeZone: 'Middle-earth' }, "There is no time zone 'Middle-earth'"],
    [{ ...OFFICE, businessDays: 'Moonday' }, "'Moonday' is no day"],
    [{ ...OFFICE, businessDays: '' }, 'has no days'],
    [{ ...OFFICE, endTime: '08:00' }, 'never opens'],
    [{ ...OFFICE, endTime: '25:00' }, "'25:00' is no time of the day"],
    [{ timeZone: 'UTC', businessDays: 'Monday', endTime: '17:00' }, '"startTime" is missing'],
    [{ timeZone: 'UTC' }, '1 to 50 windows'],
    [{ ...OFFICE, windows: 'Monday 08:00-17:00' }, 'not both'],
    [{ ...OFFICE, calendars: 'nowhere' }, 'which the project does not have'],
    [{ ...OFFICE, holidays: 'none' }, 'holidays'],
  ])('refuses %j (GAP-49)', async (inputs, message) => {
    expect(await refusal(inputs)).toContain(message);
  });

  it('refuses hours that calendars close for ever, from either side (GAP-49)', async () => {
    await box.json('PUT', `${CALENDARS}/all`, { dates: [{ from: '01-01', to: '12-31' }] });
    expect(await refusal({ ...OFFICE, calendars: 'all' })).toContain('do not open within two years');
    await box.json('PUT', `${CALENDARS}/some`, { dates: ['2026-11-23'] });
    await add({ ...OFFICE, calendars: 'some' });
    const answer = await box.call('PUT', `${CALENDARS}/some`, {
      body: { dates: [{ from: '01-01', to: '12-31' }] },
    });
    expect([answer.statusCode, answer.body]).toEqual([
      400,
      expect.stringContaining('do not open within two years'),
    ]);
  });

  it('lets stages start when the window begins, in the words of the zone (BH-2)', async () => {
    await add(OFFICE);
    const first = await queue(box, 'Demo', definition);
    const second = await queue(box, 'Demo', definition);
    await box.server.settle();
    const timeline = await box.call('GET', `/Demo/_apis/build/builds/${first.id}/timeline`);
    expect(timeline.body).toMatch(CLOSED);
    const explained = await box.call('GET', `/Demo/_apis/signalbox/runs/${first.id}/explain`);
    expect(explained.body).toMatch(CLOSED);
    expect((await runOf(box, 'Demo', first.id)).stages[0]?.state).toBe('waiting');
    now = Date.UTC(2026, 10, 23, 7);
    await box.server.settle();
    expect((await runOf(box, 'Demo', first.id)).stages[0]?.state).toBe('running');
    expect((await runOf(box, 'Demo', second.id)).stages[0]?.state).toBe('waiting');
  });

  it('keeps a calendar that is in use, and gives its new dates to the checks that name it (CHK-6)', async () => {
    await box.json('PUT', `${CALENDARS}/peak`, { dates: ['2026-12-24'] });
    await add({ ...OFFICE, calendars: 'peak' });
    expect((await box.call('DELETE', `${CALENDARS}/peak`)).statusCode).toBe(409);
    const before = await queue(box, 'Demo', definition);
    await box.server.settle();
    await box.json('PUT', `${CALENDARS}/Peak`, { dates: ['2026-11-23'] });
    const after = await queue(box, 'Demo', definition);
    now = Date.UTC(2026, 10, 23, 7);
    await box.server.settle();
    expect((await runOf(box, 'Demo', before.id)).stages[0]?.state).toBe('running');
    const timeline = await box.call('GET', `/Demo/_apis/build/builds/${after.id}/timeline`);
    expect(timeline.body).toContain('until Tue 24 Nov 08:00 Europe/Berlin');
  });

  it('refuses calendars that no finger can follow, and removes one that nobody names', async () => {
    const bad = await box.call('PUT', `${CALENDARS}/x`, { body: { dates: ['2026-02-30'] } });
    expect([bad.statusCode, bad.body]).toEqual([400, expect.stringContaining("'2026-02-30' is no date")]);
    const unknown = await box.call('PUT', `${CALENDARS}/x`, { body: { days: [] } });
    expect([unknown.statusCode, unknown.body]).toEqual([400, expect.stringContaining('no field')]);
    await box.json('PUT', `${CALENDARS}/x`, { dates: [] });
    expect((await box.call('DELETE', `${CALENDARS}/X`)).statusCode).toBe(204);
    expect((await box.call('GET', `${CALENDARS}/x`)).statusCode).toBe(404);
  });
});
