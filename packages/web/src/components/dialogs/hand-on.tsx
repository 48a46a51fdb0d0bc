import type { ReactElement } from 'react';
import { useId, useState } from 'react';
import type { HandOver } from '../../view-models/decision.ts';

interface Props {
  /** The places that the viewer may hand on; one at least. */
  readonly places: readonly string[];
  readonly busy: boolean;
  /** The id of the heading of the approval. */
  readonly title: string;
  readonly handOn: (over: HandOver) => void;
}

/** Gives a place of an approval to somebody else (APPR-9). */
export function HandOn(props: Props): ReactElement {
  const { places, busy, title } = props;
  const [over, setOver] = useState<HandOver>({ from: places[0] ?? '', to: '', isGroup: false });
  const hint = useId();
  return (
    <details className="hand-on">
      <summary>Hand on to somebody else</summary>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          props.handOn({ ...over, to: over.to.trim() });
        }}
      >
        {places.length > 1 && (
          <label>
            Whose place
            <select value={over.from} onChange={({ target }) => setOver({ ...over, from: target.value })}>
              {places.map((place) => (
                <option key={place}>{place}</option>
              ))}
            </select>
          </label>
        )}
        <label>
          To
          <input
            required
            maxLength={100}
            pattern=".*\S.*"
            autoComplete="off"
            aria-describedby={hint}
            value={over.to}
            onChange={({ target }) => setOver({ ...over, to: target.value })}
          />
        </label>
        <label className="choice">
          <input
            type="checkbox"
            checked={over.isGroup}
            onChange={({ target }) => setOver({ ...over, isGroup: target.checked })}
          />
          <span id={hint}>It is the name of a group</span>
        </label>
        <div className="dialog-actions">
          <button type="submit" className="button" aria-describedby={title} disabled={busy}>
            Hand on
          </button>
        </div>
      </form>
    </details>
  );
}
