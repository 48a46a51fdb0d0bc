import type { ForecastView, LockRequestView, LockView } from '@signalbox/api';
import type { DragEvent, KeyboardEvent, ReactElement, RefObject } from 'react';
import { useLayoutEffect, useRef, useState } from 'react';
import { useNow } from '../../data/clock.ts';
import { useSession } from '../../data/context.tsx';
import type { Line } from '../../data/lock-lines.ts';
import { useLine } from '../../data/lock-lines.ts';
import { useSight } from '../../data/sight.ts';
import type { Board } from '../../view-models/board.ts';
import type { RequestAct } from '../../view-models/lock-acts.ts';
import { requestActs } from '../../view-models/lock-acts.ts';
import { waiterLine } from '../../view-models/lock-entry.ts';
import { requestMarks } from '../../view-models/lock/marks.ts';
import type { Sight } from '../../view-models/lock/part.ts';
import { partInSight, rowAfter, scrolledTo } from '../../view-models/lock/part.ts';
import { neighbour } from '../../view-models/lock/questions.ts';
import { outlooks } from '../../view-models/outlook.ts';
import type { Begun } from '../dialogs/request-form.tsx';
import type { RowDrag } from './line-row.tsx';
import { LineRow } from './line-row.tsx';

interface Props {
  readonly lock: LockView;
  readonly on: Board;
  readonly forecast: ForecastView | undefined;
  readonly mayMove: boolean;
  readonly act: (request: LockRequestView, begun?: Begun) => void;
}

/**
 * The line of a lock, of which only the rows in sight are in the page, however long it is. Arrows, Page and End walk
 * through all of it; with Alt, arrows move the request, and letters begin other acts.
 */
export function LineTable(props: Props): ReactElement {
  const { lock, on, act } = props;
  const rows = lock.waitersTotal;
  const [place, sight] = useSight(rows);
  const part = partInSight(sight);
  const line = useLine(lock, part);
  const now = useNow();
  const dragging = useDrag(props, line);
  const { current, setCurrent, pressed } = useRowKeys(props, line, { place, sight });
  const times = outlooks(shown(lock, line, part), props.forecast, on, now);
  // The place of the keyboard may be scrolled away: then the tab key leads to the row in sight that is next to it.
  const reached = Math.max(part.first, Math.min(current, part.end - 1));
  return (
    <div
      ref={place}
      role="table"
      className="line-table"
      aria-label={`The line of ${lock.name}`}
      aria-rowcount={rows}
    >
      <div role="rowgroup" className="line-rows" style={{ height: rows * sight.rowHeight }}>
        {Array.from({ length: part.end - part.first }, (_, index) => part.first + index).map((row) => {
          const request = line(row);
          return (
            <LineRow
              key={row}
              row={row}
              top={row * sight.rowHeight}
              line={request && waiterLine(request, on, now)}
              marks={request === undefined ? [] : requestMarks(request)}
              outlook={request && times.get(String(request.requestId))}
              current={row === reached}
              open={() => request !== undefined && act(request)}
              pressed={(event) => pressed(event, row)}
              focused={() => setCurrent(row)}
              drag={props.mayMove ? dragging(row) : undefined}
            />
          );
        })}
      </div>
    </div>
  );
}

interface RowKeys {
  readonly current: number;
  readonly setCurrent: (row: number) => void;
  readonly pressed: (event: KeyboardEvent, row: number) => void;
}

/** The keyboard of the line: one row has it; keys lead to others, which are drawn before they get it. */
function useRowKeys(
  { lock, mayMove, act }: Props,
  line: Line,
  { place, sight }: { readonly place: RefObject<HTMLDivElement | null>; readonly sight: Sight },
): RowKeys {
  const { me } = useSession();
  const [current, setCurrent] = useState(0);
  const wanted = useRef<number>(undefined);
  useLayoutEffect(() => {
    const button = place.current?.querySelector<HTMLElement>(`[data-row="${wanted.current}"]`);
    if (button === null || button === undefined) return;
    wanted.current = undefined;
    button.focus({ preventScroll: true });
  });
  const move = (row: number, by: number): void => {
    const request = line(row);
    const to = neighbour(line, lock.waitersTotal, row, by);
    if (mayMove && request !== undefined && to !== undefined) act(request, { act: 'move', place: to });
  };
  const walk = (to: number): void => {
    wanted.current = to;
    setCurrent(to);
    place.current?.scrollTo({ top: scrolledTo(to, sight) });
  };
  const pressed = (event: KeyboardEvent, row: number): void => {
    if (event.ctrlKey || event.metaKey) return;
    const [request, begun] = [line(row), event.altKey ? undefined : begunBy(event.key, line(row))];
    const may = (one: LockRequestView): boolean =>
      requestActs(lock, one, me.permissions).some((choice) => choice.act === begun);
    if (request !== undefined && begun !== undefined && may(request)) {
      event.preventDefault();
      act(request, { act: begun });
      return;
    }
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    const to = rowAfter(event.key, row, sight);
    if (to === undefined || (event.altKey && by === undefined)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.altKey && by !== undefined) move(row, by);
    else walk(to);
  };
  return { current, setCurrent, pressed };
}

/** The act that a letter begins; it is only done when its form is sent. */
function begunBy(key: string, request: LockRequestView | undefined): RequestAct | undefined {
  if (key === 'w') return 'withdraw';
  if (key !== 'h') return undefined;
  return request?.hold === undefined ? 'hold' : 'unhold';
}

/** The lock with the rows in sight as its waiters, for the words of the forecast. */
function shown(
  lock: LockView,
  line: Line,
  { first, end }: { readonly first: number; readonly end: number },
): LockView {
  const waiters = Array.from({ length: end - first }, (_, index) => line(first + index));
  return { ...lock, waiters: waiters.filter((one) => one !== undefined) };
}

/** Dragging: which row is taken, and before or behind which one it would come. */
function useDrag({ lock, act }: Props, line: Line): (row: number) => RowDrag {
  const [from, setFrom] = useState<number>();
  const [to, setTo] = useState<number>();
  const end = (): void => {
    setFrom(undefined);
    setTo(undefined);
  };
  return (row) => ({
    target: from === undefined || to !== row || row === from ? undefined : row < from ? 'above' : 'below',
    start: () => setFrom(row),
    over: (event: DragEvent) => {
      if (from === undefined) return;
      event.preventDefault();
      setTo(row);
    },
    drop: () => {
      const request = from === undefined ? undefined : line(from);
      const place = from === undefined ? undefined : neighbour(line, lock.waitersTotal, from, row - from);
      end();
      if (request !== undefined && place !== undefined) act(request, { act: 'move', place });
    },
    end,
  });
}
