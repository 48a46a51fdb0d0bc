import type { SubscriptionView } from '@signalbox/api';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link } from '../../app/navigation.tsx';
import { Heading } from '../../components/chrome/heading.tsx';
import { Empty } from '../../components/feedback/notice.tsx';
import { When } from '../../components/feedback/when.tsx';
import { MarkIcon } from '../../components/icon/icon.tsx';
import { DataTable } from '../../components/manage/data-table.tsx';
import { Loaded } from '../../components/manage/loaded.tsx';
import { useNow } from '../../data/clock.ts';
import { useSession } from '../../data/context.tsx';
import { deliveryLine, subscriptionMark, TARGET_WORDS } from '../../view-models/manage/subscription-form.ts';

/** The subscriptions of the project, each with how its last delivery went. */
export function SubscriptionList(props: {
  readonly subscriptions: UseQueryResult<readonly SubscriptionView[]>;
}): ReactElement {
  const { me } = useSession();
  const may = me.permissions.includes('manageNotifications');
  return (
    <>
      <Heading
        title="Notifications"
        acts={
          may && (
            <Link className="button" to="notifications/new">
              New notification
            </Link>
          )
        }
      />
      <Loaded query={props.subscriptions} what="the notifications">
        {(list) =>
          list.length === 0 ? (
            <Empty title="Nobody is told of anything yet">
              <p>
                A chat, an address or people by mail can be told when a run ends, an approval is asked for, or
                a lock has been waited for.
              </p>
            </Empty>
          ) : (
            <SubscriptionTable list={list} />
          )
        }
      </Loaded>
    </>
  );
}

function SubscriptionTable({ list }: { readonly list: readonly SubscriptionView[] }): ReactElement {
  const now = useNow();
  return (
    <DataTable
      caption="Notifications"
      rows={list}
      keyOf={({ id }) => id}
      columns={[
        {
          head: 'Name',
          cell: (one) => (
            <span className="state">
              <MarkIcon mark={subscriptionMark(one)} />
              <Link to={`notifications/${one.id}`} data-nav="">
                <bdi>{one.name}</bdi>
              </Link>
            </span>
          ),
        },
        { head: 'State', cell: (one) => subscriptionMark(one).label },
        { head: 'Tells', cell: ({ target }) => `${TARGET_WORDS[target.kind]}, ${target.shown}` },
        {
          head: 'Of',
          cell: ({ events }) =>
            events.length === 0 ? 'everything' : <span className="words">{events.join(', ')}</span>,
        },
        { head: 'Last', cell: ({ last }) => <Last {...(last && { line: deliveryLine(last, now) })} /> },
      ]}
    />
  );
}

function Last({ line }: { readonly line?: ReturnType<typeof deliveryLine> }): ReactElement {
  if (line === undefined) return <span className="quiet">nothing yet</span>;
  return (
    <>
      {line.mark.label} <When at={line.at} />
    </>
  );
}
