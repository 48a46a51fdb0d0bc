import type { ReactElement, ReactNode } from 'react';
import { useBoard } from '../../data/board.ts';
import { useNow } from '../../data/clock.ts';
import type { RunPages } from '../../data/run-pages.ts';
import { isLive, runRow } from '../../view-models/run-row.ts';
import { Skeleton, Trouble } from '../feedback/notice.tsx';
import { RunLine } from './run-line.tsx';

const MINUTE = 60_000;

/** Runs line by line, with a button for the older ones; `none` is shown where there is none. */
export function RunLines(props: { readonly pages: RunPages; readonly none: ReactNode }): ReactElement {
  const { pages, none } = props;
  const on = useBoard();
  const now = useNow();
  if (pages.runs === undefined) {
    if (pages.error !== null) return <Trouble error={pages.error} again={pages.again} />;
    return <Skeleton what="runs" rows={6} />;
  }
  // A run that is over changes its words once a minute at most.
  const calm = Math.ceil(now / MINUTE) * MINUTE;
  return (
    <>
      {pages.error !== null && <Trouble error={pages.error} again={pages.again} />}
      {pages.runs.length === 0 && none}
      {pages.runs.length > 0 && (
        <ul className="lines">
          {pages.runs.map((run) => (
            <RunLine key={run.id} row={runRow(run, on, isLive(run) ? now : calm)} />
          ))}
        </ul>
      )}
      {pages.more !== undefined && (
        <p className="older">
          <button type="button" className="button" onClick={pages.more} disabled={pages.reading}>
            {pages.reading ? 'Reading …' : 'Older runs'}
          </button>
        </p>
      )}
    </>
  );
}
