import type { ForecastView, LockRequestView, LockView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Link, useGo } from '../../app/navigation.tsx';
import { Heading } from '../../components/chrome/heading.tsx';
import { OperateDialog } from '../../components/dialogs/operate-dialog.tsx';
import type { Begun } from '../../components/dialogs/request-form.tsx';
import { Guard } from '../../components/feedback/guard.tsx';
import { When } from '../../components/feedback/when.tsx';
import { Icon } from '../../components/icon/icon.tsx';
import { Semaphore } from '../../components/icon/semaphore.tsx';
import { DoneBar } from '../../components/lock-page/done-bar.tsx';
import { HolderPanel } from '../../components/lock-page/holder-panel.tsx';
import { LineTable } from '../../components/lock-page/line-table.tsx';
import { ExpectedPanel, PastPanel } from '../../components/lock-page/past-panel.tsx';
import { RequestDialog } from '../../components/lock-page/request-dialog.tsx';
import { TimeAxis } from '../../components/lock-page/time-axis.tsx';
import { WhatIfPanel } from '../../components/lock-page/what-if-panel.tsx';
import { Badge } from '../../components/manage/badge.tsx';
import { useBoard } from '../../data/board.ts';
import { useNow } from '../../data/clock.ts';
import { useSession } from '../../data/context.tsx';
import { useForecast } from '../../data/forecast.ts';
import { useLockHistory } from '../../data/lock-lines.ts';
import type { Board } from '../../view-models/board.ts';
import { lockAct } from '../../view-models/lock-acts.ts';
import type { LockCard } from '../../view-models/lock-card.ts';
import { lockCard } from '../../view-models/lock-card.ts';
import { forecastNotes } from '../../view-models/lock/holding.ts';
import { policySummary } from '../../view-models/lock/policy-summary.ts';
import { timeAxis } from '../../view-models/lock/time-axis.ts';
import type { DoneAct } from '../../view-models/lock/undo.ts';
import { counted } from '../../view-models/names.ts';

/** What is open over the page: the freeze of the lock, or what can be done with one request. */
type Opened =
  | { readonly kind: 'freeze' }
  | { readonly kind: 'request'; readonly request: LockRequestView; readonly begun?: Begun | undefined };

/** Everything about one lock: who holds it, who waits and why, when each may start, and what a change would do. */
export function LockPage(props: { readonly lock: LockView }): ReactElement {
  const { lock } = props;
  const { me } = useSession();
  const on = useBoard();
  const now = useNow();
  const go = useGo();
  const forecast = useForecast(lock.id, true);
  const history = useLockHistory(lock).data ?? [];
  const [opened, open] = useState<Opened>();
  const [done, setDone] = useState<DoneAct>();
  const act = (request: LockRequestView, begun?: Begun): void => open({ kind: 'request', request, begun });
  const card = lockCard(lock, on, now, 0);
  const choice = lockAct(lock, me.permissions);
  const freeze = choice && { label: choice.label, open: () => open({ kind: 'freeze' }) };
  const toRun = (run: number): void => go(`runs/${run}`);
  return (
    <div className={`queue lock-${card.signal.aspect}`}>
      <LockHead card={card} freeze={freeze} />
      {done !== undefined && (
        <DoneBar key={`${done.bundle} ${done.text}`} done={done} over={() => setDone(undefined)} />
      )}
      <div className="queue-columns">
        <div className="queue-main">
          <HolderPanel lock={lock} lines={card.holders} forecast={forecast} open={toRun} act={act} />
          <section className="panel" aria-labelledby="axis-title">
            <h2 id="axis-title">Past and coming</h2>
            <TimeAxis axis={timeAxis(lock, history, forecast, now)} name={lock.name} />
          </section>
          <LinePanel lock={lock} on={on} forecast={forecast} act={act} />
          <ExpectedPanel lines={card.expected} name={lock.name} open={toRun} />
          <PastPanel history={history} on={on} />
        </div>
        <aside className="queue-side" aria-label="What a change would do">
          <WhatIfPanel lock={lock} on={on} freeze={freeze?.open} />
          <PolicyPanel lock={lock} />
          <LockBadge lock={lock} />
        </aside>
      </div>
      <Guard key={opened?.kind}>
        <OpenedDialog
          lock={lock}
          on={on}
          forecast={forecast}
          opened={opened}
          done={setDone}
          close={() => open(undefined)}
        />
      </Guard>
    </div>
  );
}

function LockBadge({ lock }: { readonly lock: LockView }): ReactElement {
  const { project } = useSession();
  const picture = `_apis/public/signalbox/${encodeURIComponent(project)}/locks/${lock.id}/badge`;
  return <Badge picture={picture} alt={lock.name} to={`locks/${lock.id}`} />;
}

function LockHead(props: {
  readonly card: LockCard;
  readonly freeze: { readonly label: string; readonly open: () => void } | undefined;
}): ReactElement {
  const { card, freeze } = props;
  return (
    <>
      <Heading
        title={card.name}
        trail={[{ label: 'Locks', to: 'locks' }]}
        before={<Semaphore aspect={card.signal.aspect} />}
        after={
          <p className="queue-signal" role="status">
            <strong>{card.signal.label}</strong> <span>{card.signal.detail}</span>
          </p>
        }
        acts={
          <>
            {freeze && (
              <button type="button" className="button" onClick={freeze.open}>
                {freeze.label}
              </button>
            )}
            <Link className="button" to={`locks/${card.id}/policy`}>
              Policy
            </Link>
          </>
        }
      />
      {card.freeze && (
        <p className="queue-frozen">
          <Icon name="waiting" tone="warn" /> Frozen by <bdi>{card.freeze.by}</bdi>{' '}
          <When at={card.freeze.since} /> {card.freeze.ends}: <bdi>{card.freeze.reason}</bdi>
        </p>
      )}
    </>
  );
}

interface LineProps {
  readonly lock: LockView;
  readonly on: Board;
  readonly forecast: ForecastView | undefined;
  readonly act: (request: LockRequestView, begun?: Begun) => void;
}

function LinePanel(props: LineProps): ReactElement {
  const { lock, forecast } = props;
  const { me } = useSession();
  const mayMove = me.permissions.includes('moveRequests');
  return (
    <section className="panel" aria-labelledby="line-title">
      <h2 id="line-title">
        The line <span className="count">{counted(lock.waitersTotal, 'run')}</span>
      </h2>
      {lock.waitersTotal === 0 ? (
        <p className="panel-note">Nobody waits.</p>
      ) : (
        <>
          <LineTable {...props} mayMove={mayMove} />
          {mayMove && (
            <p className="panel-note">
              Arrows walk along the line. <kbd>Alt</kbd> and an arrow, or the mouse, move a run; <kbd>h</kbd>{' '}
              holds it back, <kbd>w</kbd> withdraws it. Each asks first.
            </p>
          )}
        </>
      )}
      {forecastNotes(forecast, useNow()).map((note) => (
        <p key={note} className="panel-note">
          {note}
        </p>
      ))}
    </section>
  );
}

function PolicyPanel(props: { readonly lock: LockView }): ReactElement {
  return (
    <section className="panel" aria-labelledby="policy-title">
      <h2 id="policy-title">What this lock does</h2>
      {policySummary(props.lock.policy).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <Link to={`locks/${props.lock.id}/policy`}>Look at the policy</Link>
    </section>
  );
}

function OpenedDialog(
  props: Omit<LineProps, 'act'> & {
    readonly opened: Opened | undefined;
    readonly done: (done: DoneAct) => void;
    readonly close: () => void;
  },
): ReactElement | null {
  const { opened, ...rest } = props;
  switch (opened?.kind) {
    case undefined:
      return null;
    case 'freeze':
      return <OperateDialog lock={props.lock.id} request={undefined} close={props.close} />;
    case 'request':
      return <RequestDialog {...rest} request={opened.request} begun={opened.begun} />;
  }
}
