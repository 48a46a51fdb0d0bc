import type { LockView, RunView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useCallback, useMemo, useState } from 'react';
import { OfflineNote } from '../components/chrome/connection-light.tsx';
import { PageHead } from '../components/chrome/page-head.tsx';
import { Guard } from '../components/feedback/guard.tsx';
import { LocksSection } from '../components/locks/locks-section.tsx';
import { RunsSection } from '../components/runs/runs-section.tsx';
import { useSession } from '../data/context.tsx';
import { useLocks, useRuns } from '../data/queries.ts';
import { board } from '../view-models/board.ts';
import type { Connection } from '../view-models/connection.ts';
import { NO_FILTER } from '../view-models/run-filter.ts';
import { isCancellable } from '../view-models/run-row.ts';
import { News } from './news.tsx';
import type { DialogState } from './open-dialog.tsx';
import { OpenDialog } from './open-dialog.tsx';
import { useOpened } from './use-opened.ts';
import { useRunActions } from './use-run-actions.ts';
import { useShortcuts } from './use-shortcuts.ts';

interface Props {
  readonly connection: Connection;
  readonly dialog: DialogState;
  readonly setDialog: (dialog: DialogState) => void;
  readonly nextTheme: () => void;
}

const NONE: readonly never[] = [];

/** The page of a project: its locks with their lines, and its latest runs. */
export function BoardPage(props: Props): ReactElement {
  const { dialog, setDialog } = props;
  const { project, me } = useSession();
  const runs = useRuns().data;
  const locks = useLocks().data;
  const on = useBoard(runs, locks);
  const [filter, setFilter] = useState(NO_FILTER);
  const opened = useOpened(on.runs, () => setFilter(NO_FILTER));
  const mayQueue = me.permissions.includes('queueRuns');
  const actions = useRunActions(opened.toggle, setDialog);
  const operate = useCallback(
    (lock: number, request?: number) => setDialog({ kind: 'operate', lock, request }),
    [setDialog],
  );
  const queue = (): void => {
    if (mayQueue) setDialog({ kind: 'queue' });
  };
  useShortcuts({
    queue,
    search: () => document.getElementById('run-search')?.focus(),
    theme: props.nextTheme,
    help: () => setDialog({ kind: 'help' }),
    cancel: (id) => {
      const run = on.runs.get(id);
      if (run !== undefined && isCancellable(run)) actions.cancel?.(run);
    },
  });
  const close = (): void => setDialog({ kind: 'none' });
  const queued = (run: number): void => {
    close();
    opened.reveal(run);
  };
  return (
    <main id="main" className="page">
      <OfflineNote connection={props.connection} />
      <PageHead project={project} runs={runs} locks={locks} queue={mayQueue ? queue : undefined} />
      <div className="columns">
        <Guard>
          <LocksSection on={on} open={opened.reveal} operate={operate} />
        </Guard>
        <Guard>
          <RunsSection
            on={on}
            project={project}
            filter={filter}
            setFilter={setFilter}
            open={opened.runs}
            actions={actions}
          />
        </Guard>
      </div>
      <News runs={runs} />
      <Guard key={dialog.kind}>
        <OpenDialog state={dialog} runs={on.runs} close={close} queued={queued} />
      </Guard>
    </main>
  );
}

function useBoard(
  runs: readonly RunView[] = NONE,
  locks: readonly LockView[] = NONE,
): ReturnType<typeof board> {
  return useMemo(() => board(runs, locks), [runs, locks]);
}
