import type { ReactElement } from 'react';
import { useSession } from '../../data/context.tsx';
import type { LogAddress } from '../../data/log.ts';
import { Icon } from '../icon/icon.tsx';
import type { LogFind } from './use-log-find.ts';

interface Props {
  readonly address: LogAddress;
  readonly running: boolean;
  /** How the step stands, in a word. */
  readonly state: string;
  readonly find: LogFind;
  readonly goTo: (line: number | undefined) => void;
  readonly following: boolean;
  readonly follow: (on: boolean) => void;
  readonly times: boolean;
  readonly setTimes: (on: boolean) => void;
}

/** What can be done with a log: search, jump to the first error, follow, times, and the text as it is. */
export function LogTools(props: Props): ReactElement {
  const { find, goTo, address } = props;
  const { me, project } = useSession();
  const path = [me.organization, project].map(encodeURIComponent).join('/');
  return (
    <div className="log-tools">
      <span className="log-state">{props.state}</span>
      <search className="log-find">
        <label className="search">
          <Icon name="search" />
          <span className="hidden">Search in the log</span>
          <input
            type="search"
            data-search=""
            placeholder="Search"
            value={find.text}
            onChange={(event) => find.setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') event.currentTarget.blur();
              if (event.key === 'Enter') goTo(find.step(event.shiftKey ? -1 : 1));
            }}
          />
        </label>
        <span className="log-hits" role="status">
          {find.count}
        </span>
      </search>
      {find.error !== undefined && (
        <button type="button" className="button button-quiet" onClick={() => goTo(find.error)}>
          <Icon name="failed" tone="bad" /> First error <kbd aria-hidden="true">f</kbd>
        </button>
      )}
      <Switch on={props.times} set={props.setTimes}>
        Times
      </Switch>
      {props.running && (
        <Switch on={props.following} set={props.follow}>
          Follow the end
        </Switch>
      )}
      <a
        className="button button-quiet"
        href={`/${path}/_apis/build/builds/${address.run}/logs/${address.log}`}
        download={`${address.run}-${address.log}.txt`}
      >
        <Icon name="log" /> Raw<span className="hidden"> log, to download</span>
      </a>
    </div>
  );
}

function Switch(props: {
  readonly on: boolean;
  readonly set: (on: boolean) => void;
  readonly children: string;
}): ReactElement {
  return (
    <label className="log-switch">
      <input type="checkbox" checked={props.on} onChange={(event) => props.set(event.target.checked)} />{' '}
      {props.children}
    </label>
  );
}
