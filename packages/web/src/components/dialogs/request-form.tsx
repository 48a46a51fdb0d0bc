import type { LockRequestView, LockView, NewPlace } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useSession } from '../../data/context.tsx';
import type { RequestOrder } from '../../data/operate.ts';
import { useOperateRequest } from '../../data/operate.ts';
import type { RequestAct } from '../../view-models/lock-acts.ts';
import { requestActs } from '../../view-models/lock-acts.ts';
import { places } from '../../view-models/places.ts';
import { Trouble } from '../feedback/notice.tsx';
import { ActChoices } from './act-choices.tsx';
import { ReasonField } from './reason-field.tsx';

interface Props {
  readonly lock: LockView;
  readonly request: LockRequestView;
  readonly close: () => void;
}

/** Chooses one of the acts that make sense for a request now, and says why. */
export function RequestForm(props: Props): ReactElement {
  const { lock, request, close } = props;
  const { me } = useSession();
  const choices = requestActs(lock, request, me.permissions);
  const [chosen, choose] = useState<RequestAct>();
  const [reason, setReason] = useState('');
  const spots = places(lock, request);
  const [spot, setSpot] = useState(0);
  const operate = useOperateRequest();
  const act = (choices.find((choice) => choice.act === chosen) ?? choices[0])?.act;
  if (act === undefined) return <p>There is nothing that you can do with it now.</p>;
  const submit = (): void => {
    const made = order(act, request.bundleId, reason.trim(), spots[spot]?.place);
    if (made !== undefined) operate.mutate(made, { onSuccess: close });
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
