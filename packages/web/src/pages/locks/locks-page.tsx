import type { ReactElement } from 'react';
import { useCallback, useState } from 'react';
import { useGo } from '../../app/navigation.tsx';
import type { DialogState } from '../../app/open-dialog.tsx';
import { OpenDialog } from '../../app/open-dialog.tsx';
import type { PageProps } from '../../app/page-props.ts';
import { Heading } from '../../components/chrome/heading.tsx';
import { NotFound } from '../../components/chrome/not-found.tsx';
import { Skeleton, Trouble } from '../../components/feedback/notice.tsx';
import { LocksSection } from '../../components/locks/locks-section.tsx';
import { useBoard } from '../../data/board.ts';
import { useLocks } from '../../data/queries.ts';
import { PolicyPage } from './policy-page.tsx';
import { LockPage } from './lock-page.tsx';
import './queue.css';
import './lock-line.css';

/** The locks of the project with their lines; one of them, or its policy, where the address names it. */
export function LocksPage(props: PageProps): ReactElement {
  const [id, part] = props.rest;
  return id === undefined ? <AllLocks /> : <OneLock id={id} part={part} />;
}

function OneLock(props: { readonly id: string; readonly part: string | undefined }): ReactElement {
  const { id, part } = props;
  const locks = useLocks();
  if (locks.data === undefined) {
    return (
      <>
        <Heading title="Lock" trail={[{ label: 'Locks', to: 'locks' }]} />
        {locks.error === null ? (
          <Skeleton what="the lock" rows={4} />
        ) : (
          <Trouble error={locks.error} again={() => void locks.refetch()} />
        )}
      </>
    );
  }
  const lock = locks.data.find((one) => String(one.id) === id);
  if (lock === undefined) return <NotFound what={`The lock ${id}`} />;
  if (part === 'policy') return <PolicyPage lock={lock} />;
  return part === undefined ? <LockPage lock={lock} /> : <NotFound what={`The page “${part}” of a lock`} />;
}

function AllLocks(): ReactElement {
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
      <LocksSection alone on={on} open={(run) => go(`runs/${run}`)} operate={operate} />
      <OpenDialog
        state={dialog}
        runs={on.runs}
        close={() => setDialog({ kind: 'none' })}
        queued={(run) => go(`runs/${run}`)}
      />
    </>
  );
}
