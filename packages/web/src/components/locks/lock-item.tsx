import type { LockView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useSession } from '../../data/context.tsx';
import { useForecast } from '../../data/forecast.ts';
import { useVisible } from '../../data/visible.ts';
import type { Board } from '../../view-models/board.ts';
import { lockAct, requestActs, requestOf } from '../../view-models/lock-acts.ts';
import { lockCard } from '../../view-models/lock-card.ts';
import { outlooks } from '../../view-models/outlook.ts';
import type { LockActs } from './lock-card.tsx';
import { LockCard } from './lock-card.tsx';
import type { OpenRun } from './train-line.tsx';

/** Opens what can be done with a lock, or with one of its requests. */
export type OperateLock = (lock: number, request?: number) => void;

interface Props {
  readonly lock: LockView;
  readonly on: Board;
  readonly now: number;
  readonly limit: number;
  readonly open: OpenRun;
  readonly more: () => void;
  readonly operate: OperateLock;
}

/** A lock with its forecast, which is asked for only while somebody waits there and the lock is in sight. */
export function LockItem(props: Props): ReactElement {
  const { lock, on, now } = props;
  const { me } = useSession();
  const [place, visible] = useVisible<HTMLDivElement>();
  const forecast = useForecast(lock.id, visible && lock.waitersTotal > 0);
  return (
    <div ref={place}>
      <LockCard
        card={lockCard(lock, on, now, props.limit)}
        open={props.open}
        more={props.more}
        outlooks={outlooks(lock, forecast, on, now)}
        acts={actsAt(lock, me.permissions, props.operate)}
      />
    </div>
  );
}

function actsAt(lock: LockView, permissions: readonly string[], operate: OperateLock): LockActs {
  const own = lockAct(lock, permissions);
  return {
    lock: own && { label: own.label, open: () => operate(lock.id) },
    request: (key) => {
      const request = requestOf(lock, Number(key));
      if (request === undefined || requestActs(lock, request, permissions).length === 0) return undefined;
      return () => operate(lock.id, request.requestId);
    },
  };
}
