import type { ForecastView, LockRequestView, LockView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useNow } from '../../data/clock.ts';
import { useSession } from '../../data/context.tsx';
import { requestActs } from '../../view-models/lock-acts.ts';
import type { HolderLine } from '../../view-models/lock-entry.ts';
import { holding } from '../../view-models/lock/holding.ts';
import { HolderStation } from '../locks/stations.tsx';
import type { OpenRun } from '../locks/train-line.tsx';

interface Props {
  readonly lock: LockView;
  /** One for each holder, in the same order. */
  readonly lines: readonly HolderLine[];
  readonly forecast: ForecastView | undefined;
  readonly open: OpenRun;
  readonly act: (request: LockRequestView) => void;
}

/** Who holds the lock, for how long, and how long that usually takes. */
export function HolderPanel(props: Props): ReactElement {
  const { lock, lines } = props;
  const { me } = useSession();
  const now = useNow();
  return (
    <section className="panel panel-track" aria-labelledby="holders-title">
      <h2 id="holders-title">
        Holds it{' '}
        <span className="count">
          {lock.holders.length} of {lock.policy.capacity}
        </span>
      </h2>
      {lines.length === 0 && <p className="panel-note">Nobody holds it.</p>}
      <ol className="track track-block" aria-label={`Holds ${lock.name}`}>
        {lock.holders.map((request, index) => {
          const line = lines[index];
          if (line === undefined) return null;
          const mayAct = requestActs(lock, request, me.permissions).length > 0;
          const { done, text } = holding(request, props.forecast, now);
          return (
            <HolderStation
              key={line.key}
              line={line}
              open={props.open}
              outlook={undefined}
              act={mayAct ? () => props.act(request) : undefined}
              more={
                <p className="holding">
                  {done !== undefined && <progress value={done} aria-label="Of the usual time" />}
                  <span>{text}</span>
                </p>
              }
            />
          );
        })}
      </ol>
    </section>
  );
}
