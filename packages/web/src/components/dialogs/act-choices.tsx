import type { ReactElement } from 'react';
import type { ActChoice } from '../../view-models/lock-acts.ts';

/** The acts that make sense now, each with what comes of it; one of them is chosen. */
export function ActChoices<A extends string>(props: {
  readonly choices: readonly ActChoice<A>[];
  /** Absent: none of them is, and one has to be. */
  readonly chosen: A | undefined;
  readonly choose: (act: A) => void;
}): ReactElement {
  return (
    <fieldset className="choices">
      <legend>What to do with it</legend>
      {props.choices.map(({ act, label, explains }) => (
        <label key={act} className="choice">
          <input type="radio" name="act" checked={act === props.chosen} onChange={() => props.choose(act)} />
          {label}
          <span>{explains}</span>
        </label>
      ))}
    </fieldset>
  );
}
