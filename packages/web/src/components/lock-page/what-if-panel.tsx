import type { LockView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Link } from '../../app/navigation.tsx';
import type { Board } from '../../view-models/board.ts';
import type { TopicChoices, WhatIfChoice } from '../../view-models/lock/what-if-choices.ts';
import { whatIfTopics } from '../../view-models/lock/what-if-choices.ts';
import { Preview } from './preview.tsx';

interface Props {
  readonly lock: LockView;
  readonly on: Board;
  /** Opens the form of the freeze; absent where the viewer may not freeze. */
  readonly freeze: (() => void) | undefined;
}

/** Asks the server what a change would do to those who wait now; nothing is changed by it. */
export function WhatIfPanel(props: Props): ReactElement {
  const { lock, on } = props;
  const topics = whatIfTopics(lock, on);
  const [topic, setTopic] = useState('');
  const [value, setValue] = useState('');
  const chosen = topics.find((one) => one.topic === topic);
  const choice = chosen?.choices.find((one) => one.value === value) ?? chosen?.choices[0];
  return (
    <section className="panel what-if" aria-labelledby="what-if-title">
      <h2 id="what-if-title">What if …</h2>
      <div className="form">
        <label>
          What if
          <select
            value={chosen === undefined ? '' : topic}
            onChange={({ target }) => {
              setTopic(target.value);
              setValue('');
            }}
          >
            <option value="">… choose a change</option>
            {topics.map((one) => (
              <option key={one.topic} value={one.topic}>
                … {one.label}
              </option>
            ))}
          </select>
        </label>
        {chosen !== undefined && chosen.choices.length > 1 && (
          <label>
            Which
            <select value={choice?.value} onChange={({ target }) => setValue(target.value)}>
              {chosen.choices.map((one) => (
                <option key={one.value} value={one.value}>
                  {one.label}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      {choice === undefined ? (
        <p className="panel-note">
          See what a change would do before anybody makes it. Asking changes nothing.
        </p>
      ) : (
        <>
          <Preview lock={lock} question={choice.question} />
          <DoIt {...props} chosen={chosen} choice={choice} />
        </>
      )}
    </section>
  );
}

/** Where the change that was looked at is made. */
function DoIt(
  props: Props & { readonly chosen: TopicChoices | undefined; readonly choice: WhatIfChoice },
): ReactElement | null {
  const { lock, chosen, choice, freeze } = props;
  switch (chosen?.topic) {
    case 'capacity':
    case 'behavior':
      return <Link to={`locks/${lock.id}/policy?${chosen.topic}=${choice.value}`}>Make it the policy …</Link>;
    case 'cancel':
      return <Link to={`runs/${choice.value}`}>Go to the run …</Link>;
    case 'approve':
      return <Link to="approvals">Go to the approvals …</Link>;
    case 'freeze':
    case 'unfreeze':
      return freeze === undefined ? null : (
        <button type="button" className="button" onClick={freeze}>
          {chosen.topic === 'freeze' ? 'Freeze it …' : 'End the freeze …'}
        </button>
      );
    case undefined:
      return null;
  }
}
