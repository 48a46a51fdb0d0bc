import type { DeliveryView, SubscriptionView, TriggerView, WireConnectionType } from '@signalbox/api';
import { describe, expect, it } from 'vitest';
import {
  connectionForm,
  connectionOrder,
  inputsOf,
  schemes,
} from '../../../src/view-models/manage/connection-form.ts';
import {
  deliveryLine,
  subscriptionForm,
  subscriptionMark,
  subscriptionOrder,
} from '../../../src/view-models/manage/subscription-form.ts';
import { occasionLine, scheduleLines, triggerMark } from '../../../src/view-models/manage/trigger.ts';

const NOW = Date.parse('2026-11-22T10:00:00Z');

describe('the form of a subscription', () => {
  const before = {
    id: 's1',
    name: 'team',
    events: ['run.completed'],
    filter: { pipelines: ['shop'], stages: ['Deploy'] },
    target: { kind: 'slack', shown: 'https://hooks.example.org/…' },
    state: 'enabled',
  } as unknown as SubscriptionView;

  it('leaves an address that was not typed, and a filter that it does not show', () => {
    expect(subscriptionOrder(subscriptionForm(before), before)).toEqual({
      name: 'team',
      events: ['run.completed'],
      filter: { pipelines: ['shop'], environments: [], results: [], stages: ['Deploy'] },
      target: { kind: 'slack' },
    });
  });

  it('sends of each kind what it needs alone', () => {
    const form = {
      ...subscriptionForm(),
      url: 'https://x.example/',
      password: 'p',
      signingKey: 'k'.repeat(16),
      host: 'mail.example',
      from: 'a@example.org',
      to: 'b@example.org, c@example.org',
    };
    expect(subscriptionOrder({ ...form, kind: 'teams' }).target).toEqual({
      kind: 'teams',
      url: 'https://x.example/',
    });
    expect(Object.keys(subscriptionOrder(form).target)).toEqual(['kind', 'url', 'password', 'signingKey']);
    expect(subscriptionOrder({ ...form, kind: 'email' }).target).toMatchObject({
      host: 'mail.example',
      to: ['b@example.org', 'c@example.org'],
    });
  });

  it.each([
    [{ state: 'enabled' }, 'tells'],
    [{ state: 'enabled', failingSince: '2026-11-22T09:00:00Z' }, 'fails'],
    [{ state: 'disabled' }, 'off'],
    [{ state: 'disabledBySystem' }, 'switched off by the server'],
  ] as const)('says of %o: %s', (part, label) => {
    expect(subscriptionMark({ ...before, ...part }).label).toBe(label);
  });
});

describe('deliveryLine', () => {
  it('says how often it was tried, and when it is tried again', () => {
    const delivery: DeliveryView = {
      id: 1,
      deliveryId: 'd',
      event: 'test',
      title: 'A test.',
      state: 'waiting',
      attempts: 2,
      createdDate: '2026-11-22T09:00:00Z',
      nextTry: '2026-11-22T10:05:00Z',
      result: 'It answered 503.',
    };
    expect(deliveryLine(delivery, NOW)).toMatchObject({
      text: 'It answered 503. 2 tries. It is tried again after 10:05 UTC.',
      over: false,
    });
    expect(deliveryLine({ ...delivery, state: 'failed' }, NOW).over).toBe(true);
  });
});

describe('the triggers of a pipeline', () => {
  const trigger = {
    automatic: true,
    queueStatus: 'enabled',
    repository: { url: 'x' },
    schedules: [
      { branch: 'refs/heads/main', cron: '0 4 * * *', next: '2026-11-23T04:00:00Z' },
      { branch: 'refs/heads/dev', cron: '0 3 * * *', displayName: 'Nightly', next: '2026-11-22T12:00:00Z' },
    ],
  } as unknown as TriggerView;

  it.each([
    [{}, 'listens'],
    [{ automatic: false }, 'only people start it'],
    [{ queueStatus: 'paused' }, 'the pipeline is paused'],
    [{ repository: { url: 'x', problem: 'no' } }, 'the repository cannot be read'],
  ] as const)('says of %o: %s', (part, label) => {
    expect(triggerMark({ ...trigger, ...part }).label).toBe(label);
  });

  it('lists the next schedule first', () => {
    expect(scheduleLines(trigger, NOW).map(({ text, next }) => `${text}, ${next.text}`)).toEqual([
      'Nightly on dev, in 2 h',
      '0 4 * * * on main, in 18 h',
    ]);
  });

  it('says why a push started nothing', () => {
    const line = occasionLine(
      { id: 1, kind: 'push', what: 'push', at: '2026-11-22T09:00:00Z', result: 'ignored', why: 'No match.' },
      NOW,
    );
    expect(line).toMatchObject({ why: 'No match.', mark: { label: 'started nothing' } });
    expect(line.run).toBeUndefined();
  });
});

describe('the form of a connection', () => {
  const input = (id: string, isConfidential: boolean): unknown => ({ id, name: id, isConfidential });
  const types = [
    {
      authenticationSchemes: [
        { scheme: 'UsernamePassword', inputDescriptors: [input('username', false), input('password', true)] },
        { scheme: 'Certificate', inputDescriptors: [] },
      ],
    },
  ] as unknown as readonly WireConnectionType[];

  it('offers the schemes that it has words for, and leaves a secret that was not typed', () => {
    expect(schemes(types)).toEqual([{ scheme: 'UsernamePassword', label: 'User and password' }]);
    const form = { ...connectionForm(), name: ' a ', url: 'https://x.example/' };
    const chosen = { ...form, scheme: 'UsernamePassword' as const, inputs: { username: 'u', password: '' } };
    const inputs = inputsOf(types, 'UsernamePassword');
    expect(connectionOrder(chosen, inputs)).toMatchObject({
      name: 'a',
      authorization: { scheme: 'UsernamePassword', parameters: { username: 'u' } },
    });
    const typed = connectionOrder({ ...chosen, inputs: { password: 's' } }, inputs);
    expect(typed.authorization.parameters).toEqual({ username: '', password: 's' });
  });
});
