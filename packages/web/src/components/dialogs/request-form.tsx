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
  const [chosen, choose] = useState(begun?.act);
  const [reason, setReason] = useState('');
  const spots = places(lock, request, begun?.place);
  const [spot, setSpot] = useState(() => placeIn(spots, begun?.place));
  const operate = useOperateRequest();
  const act = (choices.find((choice) => choice.act === chosen) ?? choices[0])?.act;
  if (act === undefined) return <p>There is nothing that you can do with it now.</p>;
  const place = spots[spot]?.place;
  const submit = (): void => {
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
      <Preview lock={lock} question={questionOf(request, act, place)} />
      <ReasonField value={reason} change={setReason} />
      {operate.error !== null && <Trouble error={operate.error} />}
      <div className="dialog-actions">
        <button type="button" className="button" onClick={close}>
          Close
        </button>
        <button type="submit" className="button button-main" disabled={operate.isPending}>
          {choices.find((choice) => choice.act === act)?.label}
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
