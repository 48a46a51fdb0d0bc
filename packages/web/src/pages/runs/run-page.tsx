import type { RunView } from '@signalbox/api';
import { ApiError } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useState } from 'react';
import type { DialogState } from '../../app/open-dialog.tsx';
import { OpenDialog } from '../../app/open-dialog.tsx';
import type { PageProps } from '../../app/page-props.ts';
import { useGo } from '../../app/navigation.tsx';
import { Heading } from '../../components/chrome/heading.tsx';
import { NotFound } from '../../components/chrome/not-found.tsx';
import { Guard } from '../../components/feedback/guard.tsx';
import { Skeleton, Trouble } from '../../components/feedback/notice.tsx';
import { useRun } from '../../data/run.ts';
import { RunHead } from './run-head.tsx';
import { RunPart } from './run-part.tsx';
import { RunTabs } from './run-tabs.tsx';

/** One run: its graph, its logs, its timeline, and what it left. */
export function RunPage({ rest }: PageProps): ReactElement {
  const id = Number(rest[0]);
  const run = useRun(id);
  if (run.data !== undefined) return <KnownRun run={run.data} part={rest[1]} named={rest[2]} />;
  if (run.error instanceof ApiError && run.error.status === 404)
    return <NotFound what={`Run ${rest[0] ?? ''}`} />;
  return (
    <>
      <Heading title={`Run ${rest[0] ?? ''}`} trail={RUNS} />
      {run.error === null ? (
        <Skeleton what="the run" rows={4} />
      ) : (
        <Trouble error={run.error} again={() => void run.refetch()} />
      )}
    </>
  );
}

const RUNS = [{ label: 'Runs', to: 'runs' }];

function KnownRun(props: {
  readonly run: RunView;
  readonly part: string | undefined;
  readonly named: string | undefined;
}): ReactElement {
  const { run, part = 'stages', named } = props;
  const [dialog, setDialog] = useState<DialogState>({ kind: 'none' });
  const go = useGo();
  return (
    <>
      <RunHead run={run} setDialog={setDialog} />
      <RunTabs run={run.id} part={part} />
      <Guard key={part}>
        <RunPart run={run} part={part} named={named} setDialog={setDialog} />
      </Guard>
      <Guard key={dialog.kind}>
        <OpenDialog
          state={dialog}
          runs={new Map([[run.id, run]])}
          close={() => setDialog({ kind: 'none' })}
          queued={(id) => go(`runs/${id}`)}
        />
      </Guard>
    </>
  );
}
