import type { ReactElement } from 'react';

/** The longest reason that the server takes. */
const LONGEST = 1000;

/** Why an operator acts: required, one line, and it stands in the audit. */
export function ReasonField(props: {
  readonly value: string;
  readonly change: (value: string) => void;
}): ReactElement {
  return (
    <label>
      Reason
      <input
        required
        maxLength={LONGEST}
        // A reason of blanks alone is none.
        pattern=".*\S.*"
        title="Say why; it stands in the audit."
        value={props.value}
        onChange={(event) => props.change(event.target.value)}
        autoComplete="off"
      />
    </label>
  );
}
