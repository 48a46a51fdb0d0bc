import type { ReactElement, ReactNode } from 'react';
import { useId } from 'react';
import { Link } from '../../app/navigation.tsx';
import type { LockCard as Card } from '../../view-models/lock-card.ts';
import { counted } from '../../view-models/names.ts';
import { When } from '../feedback/when.tsx';
import { Icon } from '../icon/icon.tsx';
import { Semaphore } from '../icon/semaphore.tsx';
import { EndedStation, ExpectedStation, HolderStation, WaiterStation } from './stations.tsx';
import type { OpenRun } from './train-line.tsx';

interface Props {
  readonly card: Card;
  readonly open: OpenRun;
  readonly more: () => void;
  /** When holders are over and waiters start, by the key of their line. */
  readonly outlooks: ReadonlyMap<string, string>;
  readonly acts: LockActs;
}

/** What the viewer can do at a lock. */
export interface LockActs {
  /** Freezes it, or ends the freeze; absent when the viewer may not. */
  readonly lock: { readonly label: string; readonly open: () => void } | undefined;
  /** Opens what can be done with a request; absent when there is nothing. */
  readonly request: (key: string) => (() => void) | undefined;
}

/** A lock as a track: its signal, the block with the holders, and the line before it. */
export function LockCard(props: Props): ReactElement {
  const { card, open, more, outlooks, acts } = props;
  const title = useId();
  return (
    <article className={`lock lock-${card.signal.aspect}`} aria-labelledby={title}>
      <LockHead card={card} title={title} act={acts.lock} />
      <Frozen card={card} />
      <Track label={`Holds ${card.name}`} kind="block">
        {card.holders.map((line) => (
          <HolderStation
            key={line.key}
            line={line}
            open={open}
            outlook={outlooks.get(line.key)}
            act={acts.request(line.key)}
          />
        ))}
      </Track>
      {card.holders.length === 0 && <FreeBlock card={card} />}
      <Track label={`Waits for ${card.name}, in order`} kind="line">
        {card.waiters.map((line) => (
          <WaiterStation
            key={line.key}
            line={line}
            open={open}
            outlook={outlooks.get(line.key)}
            act={acts.request(line.key)}
          />
        ))}
      </Track>
      {card.hidden > 0 && (
        <button type="button" className="more" onClick={more}>
          {counted(card.hidden, 'more run')} in line
        </button>
      )}
      <Group title="May still arrive" lines={card.expected.length}>
        <Track label={`May still arrive at ${card.name}`} kind="expected">
          {card.expected.map((line) => (
            <ExpectedStation key={line.key} line={line} open={open} />
          ))}
        </Track>
      </Group>
      <Group title="Left the line" lines={card.ended.length}>
        <Track label={`Left the line of ${card.name} without it`} kind="ended">
          {card.ended.map((line) => (
            <EndedStation key={line.key} line={line} open={open} />
          ))}
        </Track>
      </Group>
    </article>
  );
}

function LockHead(props: {
  readonly card: Card;
  readonly title: string;
  readonly act: LockActs['lock'];
}): ReactElement {
  const { card, act } = props;
  return (
    <header className="lock-head">
      <Semaphore aspect={card.signal.aspect} />
      <div className="lock-title">
        <h3 id={props.title}>
          <Link to={`locks/${card.id}`}>
            <bdi>{card.name}</bdi>
          </Link>
        </h3>
        <p className="lock-kind">
          <Icon name={card.resource} /> {card.resourceWord}
        </p>
        <p className="lock-policy" title={card.policy.full}>
          {card.policy.short.join(' · ')}
        </p>
      </div>
      <p className="lock-signal">
        <strong>{card.signal.label}</strong> <span>{card.signal.detail}</span>
      </p>
      {act && (
        <button type="button" className="button button-quiet lock-act" onClick={act.open}>
          {act.label}
          <span className="hidden"> {card.name}</span>
        </button>
      )}
    </header>
  );
}

function Frozen(props: { readonly card: Card }): ReactNode {
  const { freeze } = props.card;
  if (freeze === undefined) return null;
  return (
    <p className="lock-frozen">
      <Icon name="waiting" tone="warn" /> Frozen by <bdi>{freeze.by}</bdi> <When at={freeze.since} />{' '}
      {freeze.ends}: <bdi>{freeze.reason}</bdi>
    </p>
  );
}

function FreeBlock(props: { readonly card: Card }): ReactElement {
  const text =
    props.card.freeze !== undefined
      ? 'The track is free, and closed by the freeze.'
      : props.card.signal.aspect === 'dark'
        ? 'This lock is switched off: stages pass it without waiting.'
        : 'The track is free. The next run that asks gets it at once.';
  return <p className="lock-free">{props.card.total > 0 ? 'Nobody holds it.' : text}</p>;
}

function Track(props: {
  readonly label: string;
  readonly kind: string;
  readonly children: ReactElement[];
}): ReactNode {
  if (props.children.length === 0) return null;
  return (
    <ol className={`track track-${props.kind}`} aria-label={props.label}>
      {props.children}
    </ol>
  );
}

function Group(props: {
  readonly title: string;
  readonly lines: number;
  readonly children: ReactNode;
}): ReactNode {
  if (props.lines === 0) return null;
  return (
    <div className="lock-group">
      <h4>{props.title}</h4>
      {props.children}
    </div>
  );
}
