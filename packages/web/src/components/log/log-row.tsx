import type { ComponentType, ReactElement } from 'react';
import { memo } from 'react';
import { navigate } from '../../app/navigation.tsx';
import { logLine } from '../../view-models/log-lines.ts';
import { Icon } from '../icon/icon.tsx';

interface Props {
  readonly number: number;
  /** `undefined` while it is not read. */
  readonly text: string | undefined;
  /** Whether it begins a group, and what that is. */
  readonly group: 'open' | 'closed' | undefined;
  readonly toggle: (line: number) => void;
  /** Linked to, or found. */
  readonly sign: 'target' | 'found' | undefined;
}

/** One line of a log: its number, which is a link to it, its time, and its text; nothing in it is ever markup. */
export const LogRow: ComponentType<Props> = memo(function LogRow(props: Props): ReactElement {
  const { number, text, group, toggle, sign } = props;
  const line = logLine(text ?? '', number);
  const marked = sign === undefined ? '' : ` log-${sign}`;
  return (
    <div className={`log-line log-${line.kind}${marked}`} data-line={number}>
      <a
        className="log-number"
        href={`#L${number}`}
        aria-label={`Line ${number}`}
        onClick={(event) => {
          event.preventDefault();
          navigate(`#L${number}`, { replace: true });
        }}
      >
        {number}
      </a>
      {line.time !== undefined && <span className="log-time">{line.time}</span>}
      {group !== undefined && (
        <button
          type="button"
          className="log-fold"
          aria-expanded={group === 'open'}
          onClick={() => toggle(number)}
        >
          <Icon name="chevron" />
          <span className="hidden">Group of line {number}</span>
        </button>
      )}
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
  );
});
