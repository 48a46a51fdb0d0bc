import type { SubscriptionView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useGo } from '../../app/navigation.tsx';
import { Heading } from '../../components/chrome/heading.tsx';
import { MarkIcon } from '../../components/icon/icon.tsx';
import { ConfirmButton } from '../../components/manage/confirm-button.tsx';
import { Panel } from '../../components/manage/panel.tsx';
import { Refused } from '../../components/manage/refused.tsx';
import {
  useRemoveSubscription,
  useSwitchSubscription,
  useTestSubscription,
} from '../../data/notifications.ts';
import { subscriptionMark } from '../../view-models/manage/subscription-form.ts';
import { Deliveries } from './deliveries.tsx';
import { SubscriptionForm } from './subscription-form.tsx';

/** One subscription, or a new one: what is told to whom, and what came of it. */
export function SubscriptionPage(props: { readonly subscription?: SubscriptionView }): ReactElement {
  const { subscription } = props;
  return (
    <>
      <Heading
        title={subscription?.name ?? 'New notification'}
        trail={[{ label: 'Notifications', to: 'notifications' }]}
        before={subscription && <MarkIcon mark={subscriptionMark(subscription)} />}
        after={subscription && <span className="quiet">{subscriptionMark(subscription).label}</span>}
        {...(subscription && { acts: <Acts subscription={subscription} /> })}
      />
      <div className="manage">
        {subscription?.reason !== undefined && <p className="form-error">{subscription.reason}</p>}
        {subscription !== undefined && <Deliveries subscription={subscription} />}
        <Panel title="What is told, and to whom">
          <SubscriptionForm {...props} />
        </Panel>
      </div>
    </>
  );
}

function Acts({ subscription }: { readonly subscription: SubscriptionView }): ReactElement {
  const { id, name, state } = subscription;
  const go = useGo();
  const test = useTestSubscription();
  const turn = useSwitchSubscription();
  const remove = useRemoveSubscription();
  return (
    <>
      <button type="button" className="button" disabled={test.isPending} onClick={() => test.mutate(id)}>
        Send a test
      </button>
      <button
        type="button"
        className="button"
        disabled={turn.isPending}
        onClick={() => turn.mutate({ id, enabled: state !== 'enabled' })}
      >
        {state === 'enabled' ? 'Switch off' : 'Switch on'}
      </button>
      <ConfirmButton
        change={remove}
        order={id}
        label="Remove"
        about={`Remove the notification ${name}`}
        text="Nothing is told any more, and its deliveries go with it."
        done={() => go('notifications')}
      />
      <Refused error={test.error ?? turn.error} />
    </>
  );
}
