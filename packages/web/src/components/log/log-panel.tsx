import type { RunView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { logOwner } from '../../view-models/run-detail.ts';
import { Dialog } from '../dialogs/dialog.tsx';
import { Icon } from '../icon/icon.tsx';
import { LogView } from './log-view.tsx';

interface Props {
  readonly run: RunView;
  readonly log: number;
  readonly close: () => void;
}

/** The log of one step, or of a check, beside the page. */
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
