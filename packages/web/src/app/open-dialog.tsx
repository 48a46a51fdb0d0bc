import type { RunView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { CancelDialog } from '../components/dialogs/cancel-dialog.tsx';
import { HelpDialog } from '../components/dialogs/help-dialog.tsx';
import { QueueDialog } from '../components/dialogs/queue-dialog.tsx';
import { LogPanel } from '../components/log/log-panel.tsx';

/** The one dialog that may be open. */
export type DialogState =
  | { readonly kind: 'none' }
  | { readonly kind: 'help' }
  | { readonly kind: 'queue' }
  | { readonly kind: 'cancel'; readonly run: number }
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
    case 'help':
      return <HelpDialog close={close} />;
    case 'queue':
      return <QueueDialog close={close} queued={props.queued} />;
    case 'cancel':
    case 'log': {
      const run = runs.get(state.run);
      if (run === undefined) return null;
      if (state.kind === 'cancel') return <CancelDialog run={run} close={close} />;
      return <LogPanel run={run} log={state.log} close={close} />;
    }
  }
}
