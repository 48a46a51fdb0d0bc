import type { ReactElement } from 'react';
import type { PageProps } from '../../app/page-props.ts';
import { NotFound } from '../../components/chrome/not-found.tsx';
import { Loaded } from '../../components/manage/loaded.tsx';
import { useSubscriptions } from '../../data/notifications.ts';
import { SubscriptionList } from './subscription-list.tsx';
import { SubscriptionPage } from './subscription-page.tsx';
import '../../components/manage/manage.css';

/** Who is told of what; one subscription, where the address names it. */
export function NotificationsPage({ rest }: PageProps): ReactElement {
  const [id] = rest;
  const subscriptions = useSubscriptions();
  if (id === 'new') return <SubscriptionPage />;
  if (id === undefined) return <SubscriptionList subscriptions={subscriptions} />;
  return (
    <Loaded query={subscriptions} what="the subscription" title="Notifications">
      {(list) => {
        const found = list.find((one) => one.id === id);
        return found === undefined ? (
          <NotFound what={`The subscription ${id}`} />
        ) : (
          <SubscriptionPage subscription={found} />
        );
      }}
    </Loaded>
  );
}
