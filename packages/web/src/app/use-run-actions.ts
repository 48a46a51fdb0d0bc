import type { RunView } from '@signalbox/api';
import { useMemo } from 'react';
import type { RunActions } from '../components/runs/run-item.tsx';
import type { StageOrderAct } from '../data/commands.ts';
import { useSession } from '../data/context.tsx';
import type { DialogState } from './open-dialog.tsx';

/** What the viewer can do with runs; each opens its dialog, and what the role forbids is absent. */
export function useRunActions(
  toggle: (id: number) => void,
  setDialog: (dialog: DialogState) => void,
): RunActions {
  const { permissions } = useSession().me;
  return useMemo(() => {
    const may = (permission: string): boolean => permissions.includes(permission);
    const show = (kind: 'cancel' | 'force' | 'approvals', run: number): void => setDialog({ kind, run });
    return {
      toggle,
      cancel: may('queueRuns') ? (run: RunView) => show('cancel', run.id) : undefined,
      force: may('forceCancels') ? (run: number) => show('force', run) : undefined,
      actOnStage: may('queueRuns')
        ? (run: number, stage: string, act: StageOrderAct) => setDialog({ kind: 'stage', run, stage, act })
        : undefined,
      review: (run: number) => show('approvals', run),
      act: (run: number, check: string) => setDialog({ kind: 'check', run, check }),
      openLog: (run: number, log: number) => setDialog({ kind: 'log', run, log }),
    };
  }, [permissions, toggle, setDialog]);
}
