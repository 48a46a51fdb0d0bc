import type { RunView } from '@signalbox/api';
import type { ReactElement, ReactNode } from 'react';
import { useMemo, useState } from 'react';
import { useLog } from '../../data/log.ts';
import { LINES_SHOWN, logLines } from '../../view-models/log-lines.ts';
import { logOwner } from '../../view-models/run-detail.ts';
import { Dialog } from '../dialogs/dialog.tsx';
import { Skeleton, Trouble } from '../feedback/notice.tsx';
import { Icon } from '../icon/icon.tsx';
import { LogLines } from './log-lines.tsx';
import { useFollow } from './use-follow.ts';

interface Props {
  readonly run: RunView;
  readonly log: number;
  readonly close: () => void;
}

/** The log of one step, or of a check, beside the page; it follows the end until somebody scrolls up. */
export function LogPanel(props: Props): ReactElement {
  const { run, log, close } = props;
  const { name, mark, running } = logOwner(run, log);
  const title = `${name} · ${run.definition.name} ${run.number}`;
  return (
    <Dialog
      title={title}
      kind="log"
      close={close}
      before={mark && <Icon name={mark.icon} tone={mark.tone} />}
    >
      <LogView run={run.id} log={log} running={running} state={mark?.label ?? ''} />
    </Dialog>
  );
}

interface ViewProps {
  readonly run: number;
  readonly log: number;
  readonly running: boolean;
  readonly state: string;
}

function LogView({ run, log, running, state }: ViewProps): ReactElement {
  const lines = useLog({ run, log }, running);
  const drawn = useMemo(() => logLines(lines.data ?? [], 1), [lines.data]);
  const { box, scrolled, following, set } = useFollow(drawn, running);
  const [wrap, setWrap] = useState(true);
  return (
    <>
      <div className="log-tools">
        <span>{state}</span>
        <Switch on={wrap} set={setWrap}>
          Wrap lines
        </Switch>
        {running && (
          <Switch on={following} set={set}>
            Follow the end
          </Switch>
        )}
      </div>
      <div
        className={`log-body${wrap ? ' log-wrap' : ''}`}
        ref={box}
        onScroll={scrolled}
        tabIndex={0}
        role="region"
        aria-label="Log lines"
      >
        {lines.error !== null && <Trouble error={lines.error} again={() => void lines.refetch()} />}
        {lines.isPending && <Skeleton what="the log" rows={8} />}
        {lines.data && <LogNote count={lines.data.length} running={running} />}
        <LogLines lines={drawn} />
      </div>
    </>
  );
}

function LogNote(props: { readonly count: number; readonly running: boolean }): ReactNode {
  if (props.count === 0) {
    return <p className="log-cut">{props.running ? 'No output yet.' : 'It printed nothing.'}</p>;
  }
  if (props.count <= LINES_SHOWN) return null;
  return <p className="log-cut">Only the last {LINES_SHOWN} lines are drawn.</p>;
}

function Switch(props: {
  readonly on: boolean;
  readonly set: (on: boolean) => void;
  readonly children: string;
}): ReactElement {
  return (
    <label>
      <input type="checkbox" checked={props.on} onChange={(event) => props.set(event.target.checked)} />{' '}
      {props.children}
    </label>
  );
}
