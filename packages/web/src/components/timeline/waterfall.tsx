import type { CSSProperties, ReactElement } from 'react';
import { Link } from '../../app/navigation.tsx';
import type { Bar, Waterfall as Model, WaterfallRow } from '../../view-models/waterfall.ts';
import { MarkIcon } from '../icon/icon.tsx';

/** A run over time: a bar for every stage, job and step; where it waited, the bar is hatched. */
export function Waterfall(props: { readonly run: number; readonly model: Model }): ReactElement {
  const { run, model } = props;
  return (
    <div className="fall" role="table" aria-label="Timeline">
      <div className="fall-row fall-head" role="row">
        <span role="columnheader">What</span>
        <span role="columnheader">Time</span>
        <span className="fall-scale" role="columnheader" aria-label="Over time">
          {model.ticks.map(({ left, label }) => (
            <span key={label} className="fall-tick" style={{ left: percent(left) }}>
              {label}
            </span>
          ))}
        </span>
      </div>
      {model.rows.map((row) => (
        <Row key={row.key} run={run} row={row} ticks={model.ticks} />
      ))}
    </div>
  );
}

function Row(props: {
  readonly run: number;
  readonly row: WaterfallRow;
  readonly ticks: Model['ticks'];
}): ReactElement {
  const { run, row, ticks } = props;
  const { wait, waited } = row;
  return (
    <div className={`fall-row fall-${row.level}`} role="row">
      <span className="fall-name" role="cell">
        <MarkIcon mark={row.mark} />
        {row.log === undefined ? (
          <bdi className="clip" title={row.name}>
            {row.name}
          </bdi>
        ) : (
          <Link to={`runs/${run}/log/${row.log}`} className="clip" title={row.name}>
            <bdi>{row.name}</bdi>
          </Link>
        )}
      </span>
      <span className="fall-time clockface" role="cell">
        {row.duration}
        {waited !== undefined && <span className="hidden">, waited {waited}</span>}
      </span>
      <span className="fall-scale" role="cell">
        {ticks.map(({ left, label }) => (
          <span key={label} className="fall-line" style={{ left: percent(left) }} />
        ))}
        {wait !== undefined && (
          <span className="fall-wait" style={place(wait)} title={`waited ${waited ?? ''}`} />
        )}
        <span className={`fall-bar fall-bar-${row.mark.tone}`} style={place(row.bar)} title={row.duration} />
      </span>
    </div>
  );
}

function place({ left, width }: Bar): CSSProperties {
  return { left: percent(left), width: percent(width) };
}

function percent(part: number): string {
  return `${(part * 100).toFixed(3)}%`;
}
