import type { ReactElement } from 'react';
import { counted } from '../../view-models/names.ts';
import type { StagePill as Pill } from '../../view-models/stage-pill.ts';
import { Icon } from '../icon/icon.tsx';

interface Props {
  readonly columns: readonly (readonly Pill[])[];
  readonly hidden: number;
}

/** The stages of a run on one track, dependencies left of what depends on them. */
export function StageRow(props: Props): ReactElement {
  return (
    <ol className="stages" aria-label="Stages">
      {props.columns.map((column) => (
        <li key={column.map((pill) => pill.key).join()} className="stage-column">
          <ul>
            {column.map((pill) => (
              <StagePill key={pill.key} pill={pill} />
            ))}
          </ul>
        </li>
      ))}
      {props.hidden > 0 && (
        <li className="stage-column stage-rest">and {counted(props.hidden, 'more stage')}</li>
      )}
    </ol>
  );
}

function StagePill(props: { readonly pill: Pill }): ReactElement {
  const { name, mark, note, explained } = props.pill;
  const title = [`${name}: ${mark.label}`, ...explained].join('\n');
  const silent = note === mark.label;
  return (
    <li className={`pill pill-${mark.tone} pill-${mark.icon}`} title={title}>
      <Icon name={mark.icon} tone={mark.tone} />
      <bdi className="pill-name clip">{name}</bdi>
      {!silent && <span className="hidden">{mark.label}</span>}
      {note !== '' && <span className="pill-note">{note}</span>}
    </li>
  );
}
