import type { RunView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useMemo, useState } from 'react';
import { useLog } from '../../data/log.ts';
import { LINES_SHOWN, logLines } from '../../view-models/log-lines.ts';
import { stepMark } from '../../view-models/mark.ts';
import { stepOfLog } from '../../view-models/run-detail.ts';
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

/** The log of one step beside the page; it follows the end until somebody scrolls up. */
export function LogPanel(props: Props): ReactElement {
  const { run, log, close } = props;
  const step = stepOfLog(run, log);
  const running = step?.state === 'inProgress';
  const lines = useLog({ run: run.id, log }, running);
  const drawn = useMemo(() => logLines(lines.data ?? [], 1), [lines.data]);
  const follow = useFollow(drawn, running);
  const [wrap, setWrap] = useState(true);
  const title = `${step?.displayName ?? `Log ${log}`} · ${run.definition.name} ${run.number}`;
  const mark = step && stepMark(step);
  return (
    <Dialog
      title={title}
      kind="log"
      close={close}
      before={mark && <Icon name={mark.icon} tone={mark.tone} />}
    >
      <div className="log-tools">
        <span>{mark?.label}</span>
        <label>
          <input type="checkbox" checked={wrap} onChange={(event) => setWrap(event.target.checked)} /> Wrap
          lines
        </label>
        {running && (
          <label>
            <input
              type="checkbox"
              checked={follow.following}
              onChange={(event) => follow.set(event.target.checked)}
            />{' '}
            Follow the end
          </label>
        )}
      </div>
      <div
        className={`log-body${wrap ? ' log-wrap' : ''}`}
        ref={follow.box}
        onScroll={follow.scrolled}
        tabIndex={0}
        role="region"
        aria-label="Log lines"
      >
        {lines.error !== null && <Trouble error={lines.error} again={() => void lines.refetch()} />}
        {lines.isPending && <Skeleton what="the log" rows={8} />}
        {(lines.data?.length ?? 0) > LINES_SHOWN && (
          <p className="log-cut">Only the last {LINES_SHOWN} lines are drawn.</p>
        )}
        {lines.data?.length === 0 && (
          <p className="log-cut">{running ? 'No output yet.' : 'It printed nothing.'}</p>
        )}
        <LogLines lines={drawn} />
      </div>
    </Dialog>
  );
}
