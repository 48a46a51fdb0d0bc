import type { ReactElement } from 'react';
import { useCallback, useState } from 'react';
import { useGo } from '../../app/navigation.tsx';
import type { DialogState } from '../../app/open-dialog.tsx';
import { OpenDialog } from '../../app/open-dialog.tsx';
import { Heading } from '../../components/chrome/heading.tsx';
import { LocksSection } from '../../components/locks/locks-section.tsx';
import { useBoard } from '../../data/board.ts';

/** The locks of the project with their lines. */
export function LocksPage(): ReactElement {
  const on = useBoard();
  const go = useGo();
  const [dialog, setDialog] = useState<DialogState>({ kind: 'none' });
  const operate = useCallback(
    (lock: number, request?: number) => setDialog({ kind: 'operate', lock, request }),
    [setDialog],
  );
  return (
    <>
      <Heading title="Locks" />
      <LocksSection on={on} open={(run) => go(`runs/${run}`)} operate={operate} />
      <OpenDialog
        state={dialog}
        runs={on.runs}
        close={() => setDialog({ kind: 'none' })}
        queued={(run) => go(`runs/${run}`)}
      />
    </>
  );
}
