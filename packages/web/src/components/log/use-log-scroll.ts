import type { RefObject } from 'react';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { LogWindow } from '../../view-models/log/log-window.ts';
import { logWindow, ROW } from '../../view-models/log/log-window.ts';

/** How a log is scrolled. */
export interface LogScroll {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly window: LogWindow;
  /** The row at the upper edge. */
  readonly top: number;
  /** Height of the box in pixels. */
  readonly view: number;
  readonly following: boolean;
  readonly follow: (on: boolean) => void;
  /** Brings a row into the upper third. */
  readonly goTo: (row: number) => void;
  readonly scrolled: () => void;
}

/** This many rows from the end count as the end. */
const NEAR = 1.5;

/**
 * Scrolls a log of `rows` rows. With `following` the end stays in sight as lines come; whoever scrolls up lets go,
 * and whoever scrolls to the end takes hold again.
 */
export function useLogScroll(rows: number, initially: boolean): LogScroll {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState(600);
  const [top, setTop] = useState(0);
  const [following, follow] = useState(initially);
  const exact = useRef({ scrollTop: 0, row: 0 });
  const layout = logWindow(rows, view);

  const moveTo = useCallback(
    (row: number) => {
      const element = box.current;
      if (element === null) return;
      const { scrollTo } = logWindow(rows, view);
      const wanted = Math.min(Math.max(0, rows - view / ROW), Math.max(0, row));
      element.scrollTop = scrollTo(wanted);
      exact.current = { scrollTop: element.scrollTop, row: wanted };
      setTop(wanted);
    },
    [rows, view],
  );
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setView(element.clientHeight));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (following) moveTo(rows);
  }, [following, rows, moveTo]);
  useRowSteps(box, { layout, top, view, moveTo, follow });

  const scrolled = (): void => {
    const element = box.current;
    if (element === null) return;
    // A tall log has fewer pixels than rows; where we put it ourselves, we know the row better than its pixel does.
    const ours = Math.abs(element.scrollTop - exact.current.scrollTop) < 1;
    const row = ours ? exact.current.row : layout.rowAt(element.scrollTop);
    setTop(row);
    follow(row + view / ROW > rows - NEAR);
  };
  const goTo = (row: number): void => {
    follow(false);
    moveTo(row - view / ROW / 3);
  };
  return { box, window: layout, top, view, following, follow, goTo, scrolled };
}

interface Steps {
  readonly layout: LogWindow;
  readonly top: number;
  readonly view: number;
  readonly moveTo: (row: number) => void;
  readonly follow: (on: boolean) => void;
}

/** Keys move by rows and pages; in a log taller than a browser can scroll the wheel does, too. */
function useRowSteps(box: RefObject<HTMLDivElement | null>, steps: Steps): void {
  const latest = useRef(steps);
  useEffect(() => {
    latest.current = steps;
  });
  useEffect(() => {
    const element = box.current;
    if (element === null) return undefined;
    const by = (rows: number): void => {
      const { top, moveTo, follow } = latest.current;
      if (rows < 0) follow(false);
      moveTo(top + rows);
    };
    const wheel = (event: WheelEvent): void => {
      if (latest.current.layout.exact || event.ctrlKey || event.deltaY === 0) return;
      event.preventDefault();
      by(event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY / ROW : event.deltaY);
    };
    const pressed = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target !== element) return;
      const page = latest.current.view / ROW - 2;
      const rows = stepOf(event.key, page);
      if (rows === undefined) return;
      event.preventDefault();
      by(rows);
    };
    element.addEventListener('wheel', wheel, { passive: false });
    element.addEventListener('keydown', pressed);
    return () => {
      element.removeEventListener('wheel', wheel);
      element.removeEventListener('keydown', pressed);
    };
  }, [box]);
}

function stepOf(key: string, page: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return 1;
    case 'ArrowUp':
      return -1;
    case 'PageDown':
    case ' ':
      return page;
    case 'PageUp':
      return -page;
    case 'Home':
      return -Infinity;
    case 'End':
      return Infinity;
    default:
      return undefined;
  }
}
