import type { RunView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { ApprovalsDialog } from '../components/dialogs/approvals-dialog.tsx';
import { CancelDialog } from '../components/dialogs/cancel-dialog.tsx';
import { CheckDialog } from '../components/dialogs/check-dialog.tsx';
import { ForceDialog } from '../components/dialogs/force-dialog.tsx';
import { OperateDialog } from '../components/dialogs/operate-dialog.tsx';
import { QueueDialog } from '../components/dialogs/queue-dialog.tsx';
import { StageDialog } from '../components/dialogs/stage-dialog.tsx';
import type { StageOrderAct } from '../data/commands.ts';
import { LogPanel } from '../components/log/log-panel.tsx';

/** The one dialog that may be open. */
export type DialogState =
  | { readonly kind: 'none' }
  | { readonly kind: 'queue' }
  | { readonly kind: 'cancel' | 'force' | 'approvals'; readonly run: number }
  /** What is to be done about a stage of a run. */
  | { readonly kind: 'stage'; readonly run: number; readonly stage: string; readonly act: StageOrderAct }
  /** A check of a run. */
  | { readonly kind: 'check'; readonly run: number; readonly check: string }
  /** A lock; with `request`, one that holds it or waits for it. */
  | { readonly kind: 'operate'; readonly lock: number; readonly request: number | undefined }
  | { readonly kind: 'log'; readonly run: number; readonly log: number };

interface Props {
  readonly state: DialogState;
  readonly runs: ReadonlyMap<number, RunView>;
  readonly close: () => void;
  readonly queued: (run: number) => void;
}

/** Draws the dialog that is open, if any. */
export function OpenDialog(props: Props): ReactElement | null {
  const { state, runs, close } = props;
  switch (state.kind) {
    case 'none':
      return null;
    case 'queue':
      return <QueueDialog close={close} queued={props.queued} />;
    case 'operate':
      return <OperateDialog lock={state.lock} request={state.request} close={close} />;
    case 'cancel':
    case 'force':
    case 'approvals':
    case 'check':
    case 'stage':
    case 'log': {
      const run = runs.get(state.run);
      return run === undefined ? null : aboutRun(state, run, close);
    }
  }
}

function aboutRun(
  state: Extract<DialogState, { readonly run: number }>,
  run: RunView,
  close: () => void,
): ReactElement {
  switch (state.kind) {
    case 'cancel':
      return <CancelDialog run={run} close={close} />;
    case 'force':
      return <ForceDialog run={run} close={close} />;
    case 'approvals':
      return <ApprovalsDialog run={run} close={close} />;
    case 'check':
      return <CheckDialog run={run} check={state.check} close={close} />;
    case 'stage': {
      const { stage: name, act } = state;
      const stage = run.stages.find((one) => one.name === name);
      return stage === undefined ? <></> : <StageDialog run={run.id} stage={stage} act={act} close={close} />;
    }
    case 'log':
      return <LogPanel run={run} log={state.log} close={close} />;
  }
}
