import type {
  DeliveryView,
  NewNotificationTarget,
  NewSubscription,
  NotificationEvent,
  NotificationTargetKind,
  SubscriptionView,
} from '@signalbox/api';
import type { Mark } from '../mark.ts';
import type { Moment } from '../time.ts';
import { ago, moment } from '../time.ts';

/** What each kind of target is called. */
export const TARGET_WORDS: Readonly<Record<NotificationTargetKind, string>> = {
  webhook: 'Webhook',
  slack: 'Slack',
  teams: 'Microsoft Teams',
  email: 'Mail',
};

/** A subscription as the form has it. Secrets are empty, and stay where they stay so. */
export interface SubscriptionForm {
  readonly name: string;
  /** Empty: every event. */
  readonly events: readonly NotificationEvent[];
  /** Names with commas between them; empty: all. */
  readonly pipelines: string;
  readonly environments: string;
  readonly results: string;
  readonly kind: NotificationTargetKind;
  readonly url: string;
  readonly user: string;
  readonly password: string;
  readonly signingKey: string;
  readonly host: string;
  readonly from: string;
  readonly to: string;
}

const EMPTY: SubscriptionForm = {
  name: '',
  events: [],
  pipelines: '',
  environments: '',
  results: '',
  kind: 'webhook',
  url: '',
  user: '',
  password: '',
  signingKey: '',
  host: '',
  from: '',
  to: '',
};

/** The form of a subscription, or of a new one. */
export function subscriptionForm(subscription?: SubscriptionView): SubscriptionForm {
  if (subscription === undefined) return EMPTY;
  const { name, events, filter, target } = subscription;
  return {
    ...EMPTY,
    name,
    events,
    pipelines: (filter.pipelines ?? []).join(', '),
    environments: (filter.environments ?? []).join(', '),
    results: (filter.results ?? []).join(', '),
    kind: target.kind,
    user: target.user ?? '',
    host: target.kind === 'email' ? target.shown.replace(/:\d+$/, '') : '',
    from: target.from ?? '',
    to: (target.to ?? []).join(', '),
  };
}

/** The form as the server takes it; `before`: of a change, where secrets that were not typed stay. */
export function subscriptionOrder(form: SubscriptionForm, before?: SubscriptionView): NewSubscription {
  const names = { pipelines: form.pipelines, environments: form.environments, results: form.results };
  // What the form does not show stays as it is.
  const filter = { ...before?.filter };
  const read = Object.fromEntries(Object.entries(names).map(([key, text]) => [key, parts(text)]));
  return {
    name: form.name.trim(),
    events: form.events,
    filter: { ...filter, ...read },
    target: targetOf(form),
  };
}

function targetOf(form: SubscriptionForm): NewNotificationTarget {
  const { kind } = form;
  const given = (field: 'url' | 'user' | 'password' | 'signingKey'): Partial<NewNotificationTarget> =>
    form[field].trim() === '' ? {} : { [field]: form[field].trim() };
  if (kind === 'email') {
    const mail = { host: form.host.trim(), from: form.from.trim(), to: parts(form.to) };
    return { kind, ...mail, ...given('user'), ...given('password') };
  }
  if (kind !== 'webhook') return { kind, ...given('url') };
  return { kind, ...given('url'), ...given('user'), ...given('password'), ...given('signingKey') };
}

function parts(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
}

const ENABLED: Mark = { icon: 'succeeded', tone: 'good', label: 'tells' };
const FAILING: Mark = { icon: 'issues', tone: 'warn', label: 'fails' };
const OFF: Mark = { icon: 'skipped', tone: 'quiet', label: 'off' };
const STOPPED: Mark = { icon: 'failed', tone: 'bad', label: 'switched off by the server' };

/** How a subscription goes. */
export function subscriptionMark({ state, failingSince }: SubscriptionView): Mark {
  if (state === 'disabled') return OFF;
  if (state === 'disabledBySystem') return STOPPED;
  return failingSince === undefined ? ENABLED : FAILING;
}

/** A delivery as the page lists it. */
export interface DeliveryLine {
  readonly id: number;
  readonly mark: Mark;
  readonly event: string;
  readonly title: string;
  /** What came of it, in one sentence. */
  readonly text: string;
  readonly at: Moment;
  /** It is over, and can be sent again. */
  readonly over: boolean;
}

const DELIVERY: Readonly<Record<DeliveryView['state'], Mark>> = {
  waiting: { icon: 'queued', tone: 'quiet', label: 'waits' },
  sending: { icon: 'running', tone: 'busy', label: 'is being sent' },
  delivered: { icon: 'succeeded', tone: 'good', label: 'delivered' },
  failed: { icon: 'failed', tone: 'bad', label: 'failed' },
};

/** Puts a delivery into words. */
export function deliveryLine(delivery: DeliveryView, now: number): DeliveryLine {
  const { id, event, title, state, attempts, result = '', createdDate, nextTry } = delivery;
  const again = nextTry === undefined ? '' : ` It is tried again after ${nextTry.slice(11, 16)} UTC.`;
  const tries = attempts > 1 ? ` ${attempts} tries.` : '';
  return {
    id,
    mark: DELIVERY[state],
    event,
    title,
    text: `${result}${tries}${again}`.trim(),
    at: moment(ago(createdDate, now), createdDate),
    over: state === 'delivered' || state === 'failed',
  };
}
