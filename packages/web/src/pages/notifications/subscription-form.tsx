import type { NotificationEvent, NotificationTargetKind, SubscriptionView } from '@signalbox/api';
import { NOTIFICATION_EVENTS } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useGo } from '../../app/navigation.tsx';
import { SubmitForm } from '../../components/manage/submit-form.tsx';
import { useSaveSubscription } from '../../data/notifications.ts';
import type { SubscriptionForm as Form } from '../../view-models/manage/subscription-form.ts';
import {
  subscriptionForm,
  subscriptionOrder,
  TARGET_WORDS,
} from '../../view-models/manage/subscription-form.ts';
import { TargetFields } from './target-fields.tsx';

const KINDS: readonly NotificationTargetKind[] = ['webhook', 'slack', 'teams', 'email'];

/** What of a subscription people choose. */
export function SubscriptionForm({
  subscription,
}: {
  readonly subscription?: SubscriptionView;
}): ReactElement {
  const [form, setForm] = useState(() => subscriptionForm(subscription));
  const save = useSaveSubscription();
  const go = useGo();
  const change = (part: Partial<Form>): void => setForm({ ...form, ...part });
  return (
    <SubmitForm
      change={save}
      order={() => ({
        content: subscriptionOrder(form, subscription),
        ...(subscription !== undefined && { id: subscription.id }),
      })}
      label="Save"
      said="Saved."
      done={(answer) => {
        setForm(subscriptionForm(answer));
        if (subscription === undefined) go(`notifications/${answer.id}`, { replace: true });
      }}
    >
      <label>
        Name
        <input
          required
          maxLength={100}
          value={form.name}
          onChange={({ target }) => change({ name: target.value })}
          autoComplete="off"
        />
      </label>
      <label>
        Tell
        <select
          value={form.kind}
          onChange={({ target }) =>
            change({ kind: KINDS.find((kind) => kind === target.value) ?? 'webhook' })
          }
        >
          {KINDS.map((kind) => (
            <option key={kind} value={kind}>
              {TARGET_WORDS[kind]}
            </option>
          ))}
        </select>
      </label>
      <TargetFields
        form={form}
        change={change}
        known={subscription?.target.kind === form.kind ? subscription.target : undefined}
      />
      <Events events={form.events} change={(events) => change({ events })} />
      <Filters form={form} change={change} />
    </SubmitForm>
  );
}

function Events(props: {
  readonly events: readonly NotificationEvent[];
  readonly change: (events: readonly NotificationEvent[]) => void;
}): ReactElement {
  const { events, change } = props;
  return (
    <fieldset>
      <legend>Of these events; none chosen is all of them</legend>
      <div className="scopes">
        {NOTIFICATION_EVENTS.map((name) => (
          <label key={name} className="tick">
            <input
              type="checkbox"
              checked={events.includes(name)}
              onChange={({ target }) =>
                change(target.checked ? [...events, name] : events.filter((one) => one !== name))
              }
            />
            {name}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

function Filters(props: {
  readonly form: Form;
  readonly change: (part: Partial<Form>) => void;
}): ReactElement {
  const { form, change } = props;
  return (
    <fieldset>
      <legend>Only of these; names with commas between them</legend>
      <div className="form-pair">
        <label>
          Pipelines
          <input value={form.pipelines} onChange={({ target }) => change({ pipelines: target.value })} />
        </label>
        <label>
          Environments
          <input
            value={form.environments}
            onChange={({ target }) => change({ environments: target.value })}
          />
        </label>
        <label>
          Results
          <input
            value={form.results}
            placeholder="failed, canceled"
            onChange={({ target }) => change({ results: target.value })}
          />
        </label>
      </div>
    </fieldset>
  );
}
