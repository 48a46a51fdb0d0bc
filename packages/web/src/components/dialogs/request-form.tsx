import type { LockRequestView, LockView, NewPlace } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useSession } from '../../data/context.tsx';
import type { RequestOrder } from '../../data/operate.ts';
import { useOperateRequest } from '../../data/operate.ts';
import type { RequestAct } from '../../view-models/lock-acts.ts';
import { requestActs } from '../../view-models/lock-acts.ts';
import { questionOf } from '../../view-models/lock/questions.ts';
import type { PlaceChoice } from '../../view-models/places.ts';
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
  const obstacle = obstacleOf(props, choices, operate.isIdle || operate.isError);
  if (obstacle !== undefined) return <p role="alert">{obstacle}</p>;
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
      {act === 'move' && <PlaceField spots={spots} spot={spot} choose={setSpot} />}
      <Preview lock={lock} question={act && questionOf(request, act, place)} />
      <ReasonField value={reason} change={setReason} />
      <Foot label={choice?.label} busy={operate.isPending} error={operate.error} close={close} />
    </form>
  );
}

/** Why nothing can be done with a request; while an act of one's own is on its way, what it does is no news. */
function obstacleOf(
  { lock, isGone }: Props,
  choices: readonly unknown[],
  isStill: boolean,
): string | undefined {
  if (isGone === true && isStill) return `It neither holds ${lock.name} nor waits for it any more.`;
  return choices.length === 0 ? 'There is nothing that you can do with it now.' : undefined;
}

function PlaceField(props: {
  readonly spots: readonly PlaceChoice[];
  readonly spot: number;
  readonly choose: (spot: number) => void;
}): ReactElement {
  return (
    <label>
      Its new place
      <select value={props.spot} onChange={(event) => props.choose(Number(event.target.value))}>
        {props.spots.map(({ label }, index) => (
          <option key={label} value={index}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** The buttons, and what stands in their way. */
function Foot(props: {
  /** Of the act that is chosen; absent: none is, and there is nothing to send. */
  readonly label: string | undefined;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly close: () => void;
}): ReactElement {
  const { label, busy, error, close } = props;
  return (
    <>
      {label === undefined && <p role="alert">That cannot be done with it any more. Choose again.</p>}
      {error !== null && <Trouble error={error} />}
      <div className="dialog-actions">
        <button type="button" className="button" onClick={close}>
          Close
        </button>
        <button type="submit" className="button button-main" disabled={label === undefined || busy}>
          {label ?? 'Do it'}
        </button>
      </div>
    </>
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
