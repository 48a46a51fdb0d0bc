import type { ReactElement } from 'react';
import { useState } from 'react';

/** A text that is shown whole, with a button that copies it; `once`: it is never shown again. */
export function Copied(props: {
  readonly label: string;
  readonly text: string;
  readonly once?: boolean;
}): ReactElement {
  const { label, text, once = false } = props;
  const [said, say] = useState('');
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => say('Copied.'),
      () => say('This browser does not let the page copy: mark the text and copy it by hand.'),
    );
  };
  return (
    <div className="copied">
      <pre className="command" tabIndex={0} role="group" aria-label={label}>
        <code>{text}</code>
      </pre>
      <div className="copied-row">
        <button type="button" className="button" onClick={copy} aria-label={`Copy: ${label}`}>
          Copy
        </button>
        <p className="part-note" role="status">
          {said === '' && once ? 'Copy it now: it is not shown again.' : said}
        </p>
      </div>
    </div>
  );
}
