import type { ForecastView, LockRequestView, LockView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Link } from '../../app/navigation.tsx';
import { useNow } from '../../data/clock.ts';
import type { Board } from '../../view-models/board.ts';
import type { RequestAct } from '../../view-models/lock-acts.ts';
import { requestName } from '../../view-models/lock-acts.ts';
import type { FullReason } from '../../view-models/lock/reasons.ts';
import { reasonLines } from '../../view-models/lock/reasons.ts';
import { requestMarks } from '../../view-models/lock/marks.ts';
import type { DoneAct } from '../../view-models/lock/undo.ts';
import { doneAct } from '../../view-models/lock/undo.ts';
import { outlooks } from '../../view-models/outlook.ts';
import { Dialog } from '../dialogs/dialog.tsx';
import type { Begun } from '../dialogs/request-form.tsx';
import { RequestForm } from '../dialogs/request-form.tsx';

interface Props {
  readonly lock: LockView;
  readonly on: Board;
  readonly forecast: ForecastView | undefined;
  /** As it was when it was opened; its number finds it as it is now, where the lock comes with it. */
  readonly request: LockRequestView;
  readonly begun?: Begun | undefined;
  readonly done: (done: DoneAct) => void;
  readonly close: () => void;
}

/** One request: every reason why it waits with links and times, when it may start, and what can be done with it. */
export function RequestDialog(props: Props): ReactElement {
  const { lock, on, forecast, begun, close } = props;
  const now = useNow();
  const here = [...lock.holders, ...lock.waiters].find(
    ({ requestId }) => requestId === props.request.requestId,
  );
  const request = here ?? props.request;
  // One that stands beyond those that come with the lock may be there still; then the server says so.
  const isGone = here === undefined && lock.waiters.length === lock.waitersTotal;
  const starts = outlooks({ ...lock, waiters: [request] }, forecast, on, now).get(String(request.requestId));
  // The line as it was when it was opened: by the time that the server answers, it may have moved already.
  const [line] = useState(lock.waiters);
  const done = (act: RequestAct): void => props.done(doneAct(line, request, act));
  const reasons = reasonLines(request, on, now);
  return (
    <Dialog title={requestName(request)} kind="small" close={close}>
      {request.caller === undefined && (
        <p>
          <Link to={`runs/${request.runId}`}>Run {request.runNumber}</Link>, queued for{' '}
          <bdi>{request.requestedFor}</bdi>
          {request.position !== undefined && `; number ${request.position} of ${lock.waitersTotal}`}
          {starts !== undefined && `; ${starts}`}.
        </p>
      )}
      {requestMarks(request).map((mark) => (
        <p key={mark}>{mark}.</p>
      ))}
      {reasons.length > 0 && (
        <section className="why" aria-labelledby="why-title">
          <h3 id="why-title">Why it waits</h3>
          <ol>
            {reasons.map((reason) => (
              <li key={reason.text}>
                {reason.text}
                <span className="why-facts">
                  {reason.since !== undefined && <span>{reason.since}</span>}
                  {reason.runs.map(({ id, label }) => (
                    <Link key={id} to={`runs/${id}`}>
                      {label}
                    </Link>
                  ))}
                </span>
              </li>
            ))}
          </ol>
          <Advice reasons={reasons} />
        </section>
      )}
      <RequestForm lock={lock} request={request} isGone={isGone} begun={begun} done={done} close={close} />
    </Dialog>
  );
}

/** What can be done about the reasons, each piece of advice once. */
function Advice(props: { readonly reasons: readonly FullReason[] }): ReactElement {
  const advice = [...new Set(props.reasons.flatMap((reason) => reason.advice ?? []))];
  return (
    <details className="advice">
      <summary>What can be done</summary>
      <ul>
        {advice.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </details>
  );
}
