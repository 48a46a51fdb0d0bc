import type { ReactElement } from 'react';
import { useNow } from '../../data/clock.ts';
import type { Connection, FeedState } from '../../view-models/connection.ts';
import { connectionWords } from '../../view-models/connection.ts';
import { When } from '../feedback/when.tsx';
import type { IconName } from '../icon/glyphs.tsx';
import { Icon } from '../icon/icon.tsx';

const ICON: Readonly<Record<FeedState, IconName>> = {
  connecting: 'queued',
  live: 'succeeded',
  reconnecting: 'refresh',
  offline: 'failed',
};

/** Whether what one sees is live, and if not, since when it may be old. */
export function ConnectionLight(props: { readonly connection: Connection }): ReactElement {
  const { state } = props.connection;
  const words = connectionWords(props.connection, useNow());
  return (
    <p className={`light light-${state}`}>
      <Icon name={ICON[state]} />
      <span role="status">{words.label}</span>
      {state !== 'live' && words.updated && (
        <span className="light-last">
          updated <When at={words.updated} />
        </span>
      )}
    </p>
  );
}

/** Said across the page while the server does not answer. */
export function OfflineNote(props: { readonly connection: Connection }): ReactElement | null {
  const { advice } = connectionWords(props.connection, 0);
  if (advice === undefined) return null;
  return (
    <p className="offline" role="alert">
      <Icon name="failed" tone="bad" /> {advice}
    </p>
  );
}
