import type { RunView } from '@signalbox/api';
import { fold } from '@signalbox/model';
import type { ReactElement } from 'react';
import { useMemo } from 'react';
import { useGo } from '../../app/navigation.tsx';
import type { DialogState } from '../../app/open-dialog.tsx';
import { useRunActions } from '../../app/use-run-actions.ts';
import { Empty } from '../../components/feedback/notice.tsx';
import { StageGraph } from '../../components/graph/stage-graph.tsx';
import { MarkIcon } from '../../components/icon/icon.tsx';
import { LogView } from '../../components/log/log-view.tsx';
import { RunDetails } from '../../components/runs/run-details.tsx';
import { useBoard } from '../../data/board.ts';
import { useNow } from '../../data/clock.ts';
import { logOwner, runDetail } from '../../view-models/run-detail.ts';
import { runFocus } from '../../view-models/run-page.ts';
import { isLive } from '../../view-models/run-row.ts';
import { stageGraph } from '../../view-models/stage-graph.ts';

interface Props {
  readonly run: RunView;
  readonly stage: string | undefined;
  readonly log: number | undefined;
  readonly setDialog: (dialog: DialogState) => void;
}

const NOTHING = (): void => undefined;

/** The graph of a run, the inside of one of its stages, and a log of it. */
export function RunStages({ run, stage, log, setDialog }: Props): ReactElement {
  const on = useBoard();
  const clock = useNow();
  // Of a run that is over nothing changes from second to second, and its graph is laid out once.
  const now = isLive(run) ? clock : Date.parse(run.finishTime ?? run.queueTime);
  const go = useGo();
  const actions = useRunActions(NOTHING, setDialog);
  const graph = useMemo(() => stageGraph(run, on, now), [run, on, now]);
  const focus = runFocus(run, { stage, log });
  const inside = focus.stage;
  if (inside === undefined) {
    return (
      <Empty title="No stages">
        <p>The run has no stages to show.</p>
      </Empty>
    );
  }
  const { actOnStage } = actions;
  const details = runDetail({ ...run, stages: [inside] }, on, clock);
  return (
    <>
      <StageGraph
        graph={graph}
        selected={fold(inside.name)}
        to={(name) => `runs/${run.id}/stages/${encodeURIComponent(name)}`}
      />
      <div className={`inside${focus.log === undefined ? '' : ' inside-log'}`}>
        <section aria-label={`Stage ${inside.displayName}`}>
          <RunDetails
            heading="h2"
            stages={details}
            log={focus.log}
            actions={{
              openLog: (number) => go(`runs/${run.id}/log/${number}`),
              act: (check) => actions.act(run.id, check),
              review: () => actions.review(run.id),
              actOnStage: actOnStage && ((name, act) => actOnStage(run.id, name, act)),
            }}
          />
        </section>
        {focus.log !== undefined && <Log run={run} log={focus.log} />}
      </div>
    </>
  );
}

function Log({ run, log }: { readonly run: RunView; readonly log: number }): ReactElement {
  const { name, mark, running } = logOwner(run, log);
  return (
    <section className="inside-log-box" aria-label={`Log of ${name}`}>
      <h2>
        {mark && <MarkIcon mark={mark} />}
        <bdi>{name}</bdi>
      </h2>
      <LogView key={log} run={run.id} log={log} running={running} state={mark?.label ?? ''} />
    </section>
  );
}
