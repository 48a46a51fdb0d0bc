import { useCallback, useEffect, useRef, useState } from 'react';
import { navigate } from '../../app/navigation.tsx';
import { useReloadRun } from '../../data/commands.ts';

/** Which runs are open, and the way to one of them from anywhere on the page. */
export interface Opened {
  readonly runs: ReadonlySet<number>;
  readonly toggle: (id: number) => void;
  /** Opens a run, brings it into view and gives it the keyboard; reads it first when it is not on the page. */
  readonly reveal: (id: number) => void;
}

const HASH = /^#run-(\d+)$/;

/** Keeps the opened runs; the last revealed one is in the address, so that it can be linked. */
export function useOpened(known: ReadonlyMap<number, unknown>, showAll: () => void): Opened {
  const [runs, setRuns] = useState<ReadonlySet<number>>(() => new Set(runInAddress()));
  const wanted = useRef(runInAddress()[0]);
  const reload = useReloadRun();

  useEffect(() => {
    if (wanted.current === undefined || !showRun(wanted.current)) return;
    navigate(`#run-${wanted.current}`, { replace: true });
    wanted.current = undefined;
  }, [known, runs]);

  const toggle = useCallback((id: number) => setRuns((open) => toggled(open, id)), []);
  const reveal = (id: number): void => {
    showAll();
    wanted.current = id;
    setRuns((open) => new Set([...open, id]));
    if (known.has(id)) return;
    // A run that is gone stays where it was named; there is nothing to reveal.
    reload(id).catch(() => (wanted.current = undefined));
  };
  return { runs, toggle, reveal };
}

/** Brings a run into view and gives it the keyboard; `false` while it is not drawn. */
function showRun(id: number): boolean {
  const card = document.getElementById(`run-${id}`);
  const place = card?.querySelector<HTMLElement>('[data-nav]');
  if (!card || !place) return false;
  card.scrollIntoView({ block: 'nearest' });
  place.focus({ preventScroll: true });
  return true;
}

function toggled(open: ReadonlySet<number>, id: number): ReadonlySet<number> {
  const next = new Set(open);
  if (!next.delete(id)) next.add(id);
  return next;
}

function runInAddress(): readonly number[] {
  const id = HASH.exec(location.hash)?.[1];
  return id === undefined ? [] : [Number(id)];
}
