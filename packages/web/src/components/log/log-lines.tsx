import type { ComponentType, ReactElement } from 'react';
import { memo } from 'react';
import type { LogLine } from '../../view-models/log-lines.ts';

interface Props {
  readonly lines: readonly LogLine[];
}

/** The lines of a log as text nodes; nothing in them is ever markup. */
export const LogLines: ComponentType<Props> = memo(function LogLines(props: Props): ReactElement {
  return (
    <div className="log-lines">
      {props.lines.map((line) => (
        <div key={line.number} className={`log-line log-${line.kind}`}>
          <span className="log-number" aria-hidden="true">
            {line.number}
          </span>
          {line.time !== undefined && <span className="log-time">{line.time}</span>}
          <span className="log-text">
            {line.kind === 'error' || line.kind === 'warning' ? (
              <span className="log-kind">{line.kind}: </span>
            ) : null}
            {line.spans.map((span, index) => (
              <span key={index} className={span.classes.join(' ')}>
                {span.text}
              </span>
            ))}
          </span>
        </div>
      ))}
    </div>
  );
});
