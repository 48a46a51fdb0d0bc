import type { DragEvent, KeyboardEvent, ReactElement } from 'react';
import type { WaiterLine } from '../../view-models/lock-entry.ts';
import { When } from '../feedback/when.tsx';
import { Icon } from '../icon/icon.tsx';
import { Origin } from '../locks/train-line.tsx';

interface Props {
  /** Counted from 0. */
  readonly row: number;
  readonly top: number;
  /** Undefined while it is not read. */
  readonly line: WaiterLine | undefined;
  readonly marks: readonly string[];
  readonly outlook: string | undefined;
  /** It has the place of the keyboard in the list. */
  readonly current: boolean;
  readonly open: () => void;
  readonly pressed: (event: KeyboardEvent) => void;
  readonly focused: () => void;
  readonly drag: RowDrag | undefined;
}

/** Dragging a row to another place; absent where the viewer may not move. */
export interface RowDrag {
  readonly target: 'above' | 'below' | undefined;
  readonly start: () => void;
  readonly over: (event: DragEvent) => void;
  readonly drop: () => void;
  readonly end: () => void;
}

/** One waiter in one row of a long line: its place, who it is, the first reason, and when it may start. */
export function LineRow(props: Props): ReactElement {
  const { row, top, line, drag } = props;
  const target = drag?.target === undefined ? '' : ` line-row-${drag.target}`;
  return (
    <div
      role="row"
      aria-rowindex={row + 1}
      className={`line-row${target}`}
      style={{ top }}
      draggable={drag !== undefined && line !== undefined}
      onDragStart={drag?.start}
      onDragOver={drag?.over}
      onDrop={(event) => {
        event.preventDefault();
        drag?.drop();
      }}
      onDragEnd={drag?.end}
    >
      <span role="cell" className="line-place">
        <span className="position">
          <span className="hidden">Position </span>
          {row + 1}
        </span>
      </span>
      {line === undefined ? (
        <span role="cell" className="line-unread">
          Reading …
        </span>
      ) : (
        <Cells {...props} line={line} />
      )}
    </div>
  );
}

function Cells(props: Props & { readonly line: WaiterLine }): ReactElement {
  const { row, line, marks, outlook } = props;
  const [first, ...others] = line.reasons;
  return (
    <>
      <span role="cell" className="line-who">
        <span className="line-top">
          <button
            type="button"
            className="line-name"
            data-row={row}
            tabIndex={props.current ? 0 : -1}
            onClick={props.open}
            onKeyDown={props.pressed}
            onFocus={props.focused}
          >
            <span className="train-pipeline">{line.pipeline}</span>{' '}
            <span className="train-number">{line.number}</span>
            <span className="train-stage">
              <Icon name="chevron" />
              {line.stage}
            </span>
          </button>
          <span className="facts line-origin">
            <Origin branch={line.branch} who={line.who} />
          </span>
        </span>
        <span className="line-reason" title={line.reasons.map(({ text }) => text).join('\n')}>
          {marks.map((mark) => (
            <span key={mark} className="line-mark">
              {mark}
            </span>
          ))}
          <span className="clip">{first?.text ?? 'Its turn is next.'}</span>
          {others.length > 0 && <span className="line-others">and {others.length} more</span>}
        </span>
      </span>
      <span role="cell" className="line-times">
        <span className="outlook">{outlook ?? 'start unknown'}</span>
        <span>
          waits <When at={line.waiting} className="clockface" />
        </span>
      </span>
    </>
  );
}
