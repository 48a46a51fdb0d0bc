import type { ReactElement } from 'react';
import { Heading } from '../../components/chrome/heading.tsx';
import { RunLine } from '../../components/runs/run-line.tsx';
import { useBoard } from '../../data/board.ts';
import { useNow } from '../../data/clock.ts';
import { runRow } from '../../view-models/run-row.ts';

/** The runs of the project, newest first. */
export function RunListPage(): ReactElement {
  const on = useBoard();
  const now = useNow();
  return (
    <>
      <Heading title="Runs" />
      <ul className="lines">
        {[...on.runs.values()].map((run) => (
          <RunLine key={run.id} row={runRow(run, on, now)} />
        ))}
      </ul>
    </>
  );
}
