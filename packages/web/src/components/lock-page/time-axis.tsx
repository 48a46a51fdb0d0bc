import type { ReactElement } from 'react';
import type { Bar, TimeAxis as Axis } from '../../view-models/lock/time-axis.ts';

const LANE_PX = 24;

/** Past holders, the holder, and the forecast of the coming ones on one line of time. */
export function TimeAxis(props: { readonly axis: Axis; readonly name: string }): ReactElement {
  const { bars, lanes, ticks, now } = props.axis;
  return (
    <div className="axis">
      <ol
        className="axis-bars"
        aria-label={`Who held ${props.name}, who holds it, and who comes`}
        style={{ height: lanes * LANE_PX }}
      >
        {bars.map((bar) => (
          <AxisBar key={bar.key} bar={bar} />
        ))}
        <li className="axis-now" style={{ left: share(now) }} aria-hidden="true" />
      </ol>
      <div className="axis-ticks">
        {ticks.map(({ at, text, exact }) => (
          <time key={text} dateTime={exact.iso} title={exact.exact} style={{ left: share(at) }}>
            {text}
          </time>
        ))}
        <span className="axis-now-word" style={{ left: share(now) }}>
          now
        </span>
      </div>
      <p className="axis-legend">
        <span className="axis-key axis-held">held it</span>
        <span className="axis-key axis-lost">failed, canceled or lost</span>
        <span className="axis-key axis-holding">holds it, to its expected end</span>
        <span className="axis-key axis-coming">may start in this time</span>
      </p>
    </div>
  );
}

function AxisBar(props: { readonly bar: Bar }): ReactElement {
  const { kind, lane, left, width, label, text } = props.bar;
  return (
    <li
      className={`axis-bar axis-${kind}`}
      style={{ left: share(left), width: share(width), top: lane * LANE_PX }}
      title={text}
    >
      {label !== undefined && <span aria-hidden="true">{label}</span>}
      <span className="hidden">{text}</span>
    </li>
  );
}

function share(of: number): string {
  return `${(of * 100).toFixed(3)}%`;
}
