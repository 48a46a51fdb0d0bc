import type { LockView, WhatIfQuestion } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useWhatIf } from '../../data/what-if.ts';
import { failure } from '../../view-models/failure.ts';
import type { Consequence } from '../../view-models/lock/what-if.ts';
import { consequences } from '../../view-models/lock/what-if.ts';
import type { IconName } from '../icon/glyphs.tsx';
import { Icon } from '../icon/icon.tsx';

const ICON: Readonly<Record<Consequence['kind'], IconName>> = {
  starts: 'play',
  leaves: 'canceled',
  moves: 'behind',
  keeps: 'held',
  refused: 'failed',
  nothing: 'succeeded',
};

/** What would come of a change, asked of the server before it is made; nothing is changed by asking. */
export function Preview(props: {
  readonly lock: LockView | undefined;
  readonly question: WhatIfQuestion | undefined;
  /** Says nothing where the server cannot tell; elsewhere it says why not. */
  readonly quiet?: true;
}): ReactElement | null {
  const told = useWhatIf(props.lock, props.question);
  if (props.question === undefined || props.lock === undefined) return null;
  if (props.quiet === true && told.error !== null) return null;
  return (
    <div className="preview" aria-live="polite" aria-busy={told.isPending}>
      <h3>What would come of it</h3>
      {told.error !== null && <p>{failure(told.error).advice}</p>}
      {told.isPending && <p>Asks the server …</p>}
      {told.data !== undefined && (
        <ul>
          {consequences(told.data).map(({ kind, text }) => (
            <li key={text} className={`preview-${kind}`}>
              <Icon name={ICON[kind]} /> <span>{text}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
