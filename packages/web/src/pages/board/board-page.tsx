import type { ReactElement } from 'react';
import { useCallback, useState } from 'react';
import { useKeys } from '../../app/keys.ts';
import type { DialogState } from '../../app/open-dialog.tsx';
import { OpenDialog } from '../../app/open-dialog.tsx';
import { useRunActions } from '../../app/use-run-actions.ts';
import { Figures, QueueButton } from '../../components/chrome/figures.tsx';
import { Heading } from '../../components/chrome/heading.tsx';
import { Guard } from '../../components/feedback/guard.tsx';
import { LocksSection } from '../../components/locks/locks-section.tsx';
import { RunsSection } from '../../components/runs/runs-section.tsx';
import { useBoard } from '../../data/board.ts';
import { useSession } from '../../data/context.tsx';
import { useLocks, useRuns } from '../../data/queries.ts';
import { NO_FILTER } from '../../view-models/run-filter.ts';
import { isCancellable } from '../../view-models/run-row.ts';
import { useOpened } from './use-opened.ts';

/** The project at a glance, for the screen on the wall: its locks with their lines, and its latest runs. */
export function BoardPage(): ReactElement {
  const { project, me } = useSession();
  const runs = useRuns().data;
  const locks = useLocks().data;
  const on = useBoard();
  const [dialog, setDialog] = useState<DialogState>({ kind: 'none' });
  const [filter, setFilter] = useState(NO_FILTER);
  const opened = useOpened(on.runs, () => setFilter(NO_FILTER));
  const mayQueue = me.permissions.includes('queueRuns');
  const actions = useRunActions(opened.toggle, setDialog);
  const operate = useCallback(
    (lock: number, request?: number) => setDialog({ kind: 'operate', lock, request }),
    [setDialog],
  );
  const queue = mayQueue ? (): void => setDialog({ kind: 'queue' }) : undefined;
  useKeys({
    ...(queue !== undefined && { q: queue }),
    c: () => {
      const run = on.runs.get(focusedRun() ?? 0);
      if (run !== undefined && isCancellable(run)) actions.cancel?.(run);
    },
  });
  const close = (): void => setDialog({ kind: 'none' });
  return (
    <>
      <Heading
        title="Board"
        after={<Figures runs={runs} locks={locks} />}
        acts={queue && <QueueButton queue={queue} />}
      />
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
      <Guard key={dialog.kind}>
        <OpenDialog
          state={dialog}
          runs={on.runs}
          close={close}
          queued={(run) => {
            close();
            opened.reveal(run);
          }}
        />
      </Guard>
    </>
  );
}

function focusedRun(): number | undefined {
  const place = document.activeElement?.closest('.run, [data-run]');
  const run = place?.querySelector('[data-run]')?.getAttribute('data-run') ?? place?.getAttribute('data-run');
  return run === null || run === undefined ? undefined : Number(run);
}
