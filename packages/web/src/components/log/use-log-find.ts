import { useDeferredValue, useMemo, useState } from 'react';
import type { LogAddress, OpenLog } from '../../data/log.ts';
import { useLogSearch, WHOLE } from '../../data/log.ts';
import { findLines, firstError, nextHit } from '../../view-models/log/log-find.ts';

/** What is looked for in a log, and where it is. */
export interface LogFind {
  readonly text: string;
  readonly setText: (text: string) => void;
  /** Numbers of lines. */
  readonly hits: readonly number[];
  /** The line of the hit that is shown. */
  readonly current: number | undefined;
  /** `2 of 12`; empty while nothing is looked for. */
  readonly count: string;
  /** Goes to the next hit, or the one before; tells its line. */
  readonly step: (by: 1 | -1) => number | undefined;
  /** The line of the first error; undefined: none, or the log is too long to know. */
  readonly error: number | undefined;
}

/** Finds in a log: here when the whole of it is here, else on the server. */
export function useLogFind(
  address: LogAddress,
  open: OpenLog,
  lines: readonly string[] | undefined,
): LogFind {
  const [text, setText] = useState('');
  const [current, setCurrent] = useState<number>();
  const wanted = useDeferredValue(text.trim());
  const far = useLogSearch(address, wanted, open.store.count() > WHOLE);
  const near = useMemo(() => findLines(lines ?? [], wanted), [lines, wanted]);
  const error = useMemo(() => firstError(lines ?? []), [lines]);
  const hits = lines === undefined ? far : near;
  const at = current === undefined ? -1 : hits.indexOf(current);
  return {
    text,
    setText: (next) => {
      setText(next);
      setCurrent(undefined);
    },
    hits,
    current: at === -1 ? undefined : current,
    count: wanted === '' ? '' : `${at === -1 ? '' : `${at + 1} of `}${hits.length}`,
    step: (by) => {
      // Whoever types and presses Enter at once is ahead of what is drawn.
      const isBehind = lines !== undefined && wanted !== text.trim();
      const next = nextHit(isBehind ? findLines(lines, text.trim()) : hits, current ?? 0, by);
      setCurrent(next);
      return next;
    },
    error,
  };
}
