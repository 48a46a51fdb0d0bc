import type { LockRequestView, LockView, NewPlace } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useSession } from '../../data/context.tsx';
import type { RequestOrder } from '../../data/operate.ts';
import { useOperateRequest } from '../../data/operate.ts';
import type { RequestAct } from '../../view-models/lock-acts.ts';
import { requestActs } from '../../view-models/lock-acts.ts';
import { questionOf } from '../../view-models/lock/questions.ts';
import { placeIn, places } from '../../view-models/places.ts';
import { Trouble } from '../feedback/notice.tsx';
import { Preview } from '../lock-page/preview.tsx';
import { ActChoices } from './act-choices.tsx';
import { ReasonField } from './reason-field.tsx';

/** What was chosen already, for example by dragging. */
export interface Begun {
  readonly act: RequestAct;
  readonly place?: NewPlace;
}

interface Props {
  readonly lock: LockView;
  readonly request: LockRequestView;
  /** It is known to be in the line no more. */
  readonly isGone?: boolean;
  readonly begun?: Begun | undefined;
  /** Told of what was done, before it closes. */
  readonly done?: ((act: RequestAct) => void) | undefined;
  readonly close: () => void;
}

/** Chooses one of the acts that make sense for a request now, and says why. */
export function RequestForm(props: Props): ReactElement {
  const { lock, request, begun, done, close } = props;
  const { me } = useSession();
  const choices = requestActs(lock, request, me.permissions);
  const [chosen, choose] = useState(begun?.act ?? choices[0]?.act);
  const [reason, setReason] = useState('');
  const spots = places(lock, request, begun?.place);
  const [spot, setSpot] = useState(() => placeIn(spots, begun?.place));
  const operate = useOperateRequest();
  // While an act of one's own is on its way, what it does is no news.
  if (props.isGone === true && (operate.isIdle || operate.isError))
    return <p role="alert">It neither holds {lock.name} nor waits for it any more.</p>;
  if (choices.length === 0) return <p>There is nothing that you can do with it now.</p>;
  // What others do meanwhile may make it impossible; then nothing else is done in its place.
  const choice = choices.find((one) => one.act === chosen);
  const act = choice?.act;
  const place = spots[spot]?.place;
  const submit = (): void => {
    if (act === undefined) return;
    const made = order(act, request.bundleId, reason.trim(), place);
    const after = (): void => {
      done?.(act);
      close();
    };
    if (made !== undefined) operate.mutate(made, { onSuccess: after });
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <ActChoices choices={choices} chosen={act} choose={choose} />
      {act === 'move' && (
        <label>
          Its new place
          <select value={spot} onChange={(event) => setSpot(Number(event.target.value))}>
            {spots.map(({ label }, index) => (
              <option key={label} value={index}>
                {label}
              </option>
            ))}
          </select>
        </label>
      )}
      {act === undefined && <p role="alert">That cannot be done with it any more. Choose again.</p>}
      <Preview lock={lock} question={act && questionOf(request, act, place)} />
      <ReasonField value={reason} change={setReason} />
      {operate.error !== null && <Trouble error={operate.error} />}
      <div className="dialog-actions">
        <button type="button" className="button" onClick={close}>
          Close
        </button>
        <button
          type="submit"
          className="button button-main"
          disabled={act === undefined || operate.isPending}
        >
          {choice?.label ?? 'Do it'}
        </button>
      </div>
    </form>
  );
}

function order(
  act: RequestAct,
  bundle: number,
  reason: string,
  place: NewPlace | undefined,
): RequestOrder | undefined {
  if (act !== 'move') return { act, bundle, reason };
  return place === undefined ? undefined : { act, bundle, reason, place };
}
