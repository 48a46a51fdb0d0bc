import { useCallback, useEffect, useState } from 'react';
import { useReloadRun } from '../data/commands.ts';

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
  const [wanted, want] = useState<number | undefined>(() => runInAddress()[0]);
  const reload = useReloadRun();
  const isKnown = wanted !== undefined && known.has(wanted);

  useEffect(() => {
    if (wanted === undefined || !isKnown) return;
    const place = document.querySelector<HTMLElement>(`#run-${wanted} [data-nav]`);
    if (place === null) return;
    document.getElementById(`run-${wanted}`)?.scrollIntoView({ block: 'nearest' });
    place.focus({ preventScroll: true });
    history.replaceState(undefined, '', `#run-${wanted}`);
    want(undefined);
  }, [wanted, isKnown, runs]);

  const toggle = useCallback((id: number) => setRuns((open) => toggled(open, id)), []);
  const reveal = (id: number): void => {
    showAll();
    setRuns((open) => new Set([...open, id]));
    want(id);
    // A run that is gone stays where it was named; there is nothing to reveal.
    if (!known.has(id)) reload(id).catch(() => want(undefined));
  };
  return { runs, toggle, reveal };
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
