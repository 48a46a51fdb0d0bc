import type { TokenView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { Empty } from '../../components/feedback/notice.tsx';
import { When } from '../../components/feedback/when.tsx';
import { MarkIcon } from '../../components/icon/icon.tsx';
import { ConfirmButton } from '../../components/manage/confirm-button.tsx';
import { DataTable } from '../../components/manage/data-table.tsx';
import { Loaded } from '../../components/manage/loaded.tsx';
import { Panel } from '../../components/manage/panel.tsx';
import { useNow } from '../../data/clock.ts';
import { useRevokeToken, useTokens } from '../../data/tokens.ts';
import { tokenLines } from '../../view-models/manage/token-form.ts';
import { NewTokenPanel } from './new-token.tsx';

/** The tokens that the viewer may see, and the way to make one of one's own. */
export function TokensPart(): ReactElement {
  const tokens = useTokens();
  return (
    <>
      <NewTokenPanel />
      <Panel title="Tokens" note="A token speaks for its user, and may never do more than that user.">
        <Loaded query={tokens} what="the tokens">
          {(list) =>
            list.length === 0 ? (
              <Empty title="No token yet">
                <p>The command line, the Azure CLI and scripts sign in with a token. Make one above.</p>
              </Empty>
            ) : (
              <TokenTable tokens={list} />
            )
          }
        </Loaded>
      </Panel>
    </>
  );
}

function TokenTable({ tokens }: { readonly tokens: readonly TokenView[] }): ReactElement {
  const lines = tokenLines(tokens, useNow());
  const revoke = useRevokeToken();
  return (
    <DataTable
      caption="Tokens"
      rows={lines}
      keyOf={({ id }) => id}
      columns={[
        {
          head: 'Name',
          cell: ({ name, mark }) => (
            <span className="state">
              <MarkIcon mark={mark} /> <bdi>{name}</bdi>
            </span>
          ),
        },
        { head: 'State', cell: ({ mark }) => mark.label },
        { head: 'Of', cell: ({ user }) => (user === '' ? 'a program' : <bdi>{user}</bdi>) },
        {
          head: 'May',
          cell: ({ may }) => (
            <span className="words">
              {may.map((word) => (
                <span key={word} className="chip">
                  {word}
                </span>
              ))}
            </span>
          ),
        },
        {
          head: 'Last used',
          cell: ({ used }) =>
            used === undefined ? <span className="quiet">never</span> : <When at={used} />,
        },
        { head: 'Ends', cell: ({ ends }) => (ends === undefined ? 'never' : <When at={ends} />) },
        {
          head: 'What can be done',
          acts: true,
          cell: ({ id, name, live }) =>
            live && (
              <ConfirmButton
                change={revoke}
                order={id}
                label="Revoke"
                about={`Revoke the token ${name}`}
                text="It ends at once. Whatever signs in with it is refused from now on."
              />
            ),
        },
      ]}
    />
  );
}
