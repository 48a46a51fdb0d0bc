import type { ReactElement } from 'react';
import { useMemo, useState } from 'react';
import { useNow } from '../../data/clock.ts';
import { useLocks } from '../../data/queries.ts';
import type { Board } from '../../view-models/board.ts';
import { inOrderOfInterest, WAITERS_AT_FIRST } from '../../view-models/lock-card.ts';
import { Empty, Skeleton, Trouble } from '../feedback/notice.tsx';
import type { OperateLock } from './lock-item.tsx';
import { LockItem } from './lock-item.tsx';
import type { OpenRun } from './train-line.tsx';

interface Props {
  readonly on: Board;
  readonly open: OpenRun;
  /** Opens what can be done with a lock, or with one of its requests. */
  readonly operate: OperateLock;
  /** The page is about locks alone, and its own heading says so. */
  readonly alone?: true;
}

/** All the locks of the project; those with somebody in line come first. */
export function LocksSection(props: Props): ReactElement {
  return (
    <section id="locks" className="column" aria-labelledby="locks-title" tabIndex={-1}>
      <header className={props.alone ? 'hidden' : 'column-head'}>
        <h2 id="locks-title">Locks</h2>
      </header>
      <Locks {...props} />
    </section>
  );
}

function Locks(props: Props): ReactElement {
  const locks = useLocks();
  const now = useNow();
  const [limits, setLimits] = useState<Readonly<Record<number, number>>>({});
  const ordered = useMemo(() => inOrderOfInterest(locks.data ?? []), [locks.data]);
  if (locks.data === undefined) {
    if (locks.error === null) return <Skeleton what="locks" rows={3} />;
    return <Trouble error={locks.error} again={() => void locks.refetch()} />;
  }
  if (ordered.length === 0) return <NoLocks />;
  return (
    <div className="locks">
      {ordered.map((lock) => {
        const limit = limits[lock.id] ?? WAITERS_AT_FIRST;
        return (
          <LockItem
            key={lock.id}
            {...props}
            lock={lock}
            now={now}
            limit={limit}
            more={() => setLimits((known) => ({ ...known, [lock.id]: limit + 50 }))}
          />
        );
      })}
    </div>
  );
}

function NoLocks(): ReactElement {
  return (
    <Empty title="No locks yet">
      <p>
        A lock appears when an environment gets an exclusive lock, or when a stage says{' '}
        <code>lockBehavior: sequential</code> or <code>runLatest</code>. From then on its queue is drawn here.
      </p>
    </Empty>
  );
}
