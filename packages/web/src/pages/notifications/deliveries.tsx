import type { SubscriptionView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { When } from '../../components/feedback/when.tsx';
import { MarkIcon } from '../../components/icon/icon.tsx';
import { DataTable } from '../../components/manage/data-table.tsx';
import { Loaded } from '../../components/manage/loaded.tsx';
import { Panel } from '../../components/manage/panel.tsx';
import { Refused } from '../../components/manage/refused.tsx';
import { useNow } from '../../data/clock.ts';
import { useDeliveries, useRedeliver } from '../../data/notifications.ts';
import { deliveryLine } from '../../view-models/manage/subscription-form.ts';

/** What was sent for a subscription, what came of each, and the way to send one again. */
export function Deliveries({ subscription }: { readonly subscription: SubscriptionView }): ReactElement {
  const deliveries = useDeliveries(subscription.id);
  const again = useRedeliver(subscription.id);
  const now = useNow();
  return (
    <Panel title="Deliveries">
      <Refused error={again.error} />
      <Loaded query={deliveries} what="the deliveries">
        {(list) =>
          list.length === 0 ? (
            <p className="none">Nothing was sent yet. “Send a test” tries it.</p>
          ) : (
            <DataTable
              caption="Deliveries, newest first"
              rows={list.map((one) => deliveryLine(one, now))}
              keyOf={({ id }) => id}
              columns={[
                {
                  head: 'State',
                  cell: ({ mark }) => (
                    <span className="state">
                      <MarkIcon mark={mark} /> <span aria-hidden="true">{mark.label}</span>
                    </span>
                  ),
                },
                { head: 'Event', cell: ({ event }) => <code>{event}</code> },
                { head: 'What it said', cell: ({ title }) => <bdi>{title}</bdi> },
                { head: 'What came of it', cell: ({ text }) => text },
                { head: 'When', cell: ({ at }) => <When at={at} /> },
                {
                  head: 'What can be done',
                  acts: true,
                  cell: ({ id, over }) =>
                    over && (
                      <button
                        type="button"
                        className="button"
                        aria-label={`Send delivery ${id} again`}
                        disabled={again.isPending}
                        onClick={() => again.mutate(id)}
                      >
                        Send again
                      </button>
                    ),
                },
              ]}
            />
          )
        }
      </Loaded>
    </Panel>
  );
}
