import type { ReactElement } from 'react';
import { Link } from '../../app/navigation.tsx';
import type { RunRow } from '../../view-models/run-row.ts';
import { When } from '../feedback/when.tsx';
import { Icon, MarkIcon } from '../icon/icon.tsx';

/** A run as one line of a list: what it is, where its stages are, how long, and since when; the whole line leads to it. */
export function RunLine(props: { readonly row: RunRow }): ReactElement {
  const { row } = props;
  return (
    <li className={`line line-${row.mark.tone}`}>
      <span className="line-mark">
        <MarkIcon mark={row.mark} />
      </span>
      <div className="line-what">
        <p className="line-title clip">
          <Link to={`runs/${row.id}`} className="line-link" data-nav="" data-run={row.id}>
            <bdi>{row.pipeline}</bdi> <span className="line-number">{row.number}</span>
          </Link>
          <span className={`line-state tone-${row.mark.tone}`}>{row.mark.label}</span>
        </p>
        <p className="facts line-facts">
          {row.message !== '' && <bdi className="clip line-message">{row.message}</bdi>}
          <span className="fact">
            <Icon name="branch" />
            <span className="hidden">branch </span>
            <bdi className="clip">{row.branch}</bdi>
          </span>
          <span className="fact" title={`Why it runs: ${row.why}`}>
            <Icon name="person" />
            <bdi className="clip">{row.who}</bdi>
          </span>
        </p>
      </div>
      <MiniStages row={row} />
      <p className="line-times">
        <span className="clockface">{row.duration ?? '–'}</span>
        <When at={row.queued} />
      </p>
    </li>
  );
}

/** The stages as marks only, in their order; each says its name and state. */
function MiniStages(props: { readonly row: RunRow }): ReactElement {
  const { columns, hiddenStages } = props.row;
  return (
    <ol className="mini-stages" aria-label="Stages">
      {columns.flat().map(({ key, name, mark, note }) => (
        <li
          key={key}
          title={`${name}: ${note === '' || note === mark.label ? mark.label : `${mark.label}, ${note}`}`}
        >
          <Icon name={mark.icon} tone={mark.tone} />
          <span className="hidden">
            {name} {mark.label}
          </span>
        </li>
      ))}
      {hiddenStages > 0 && <li className="mini-rest">+{hiddenStages}</li>}
    </ol>
  );
}
