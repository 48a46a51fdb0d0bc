import type { RunView } from '@signalbox/api';
import type { ReactElement } from 'react';
import type { DialogState } from '../../app/open-dialog.tsx';
import { Empty } from '../../components/feedback/notice.tsx';
import { RunArtifacts } from '../../components/runs/run-artifacts.tsx';
import { RunOutputs } from '../../components/runs/run-outputs.tsx';
import { RunResults } from '../../components/runs/run-results.tsx';
import { Waterfall } from '../../components/timeline/waterfall.tsx';
import { useNow } from '../../data/clock.ts';
import { isLive } from '../../view-models/run-row.ts';
import { waterfall } from '../../view-models/waterfall.ts';
import { RunChanges } from './run-changes.tsx';
import { RunStages } from './run-stages.tsx';
import { RunYaml } from './run-yaml.tsx';

interface Props {
  readonly run: RunView;
  /** As the address says. */
  readonly part: string;
  /** The stage, or the number of the log, that the address names. */
  readonly named: string | undefined;
  readonly setDialog: (dialog: DialogState) => void;
}

/** The part of a run that the address names. */
export function RunPart(props: Props): ReactElement {
  const { run, part, named, setDialog } = props;
  switch (part) {
    case 'stages':
      return <RunStages run={run} stage={named} log={undefined} setDialog={setDialog} />;
    case 'log': {
      const log = named === undefined ? undefined : Number(named);
      return <RunStages run={run} stage={undefined} log={log} setDialog={setDialog} />;
    }
    case 'timeline':
      return <Timeline run={run} />;
    case 'results':
    case 'tests':
    case 'artifacts':
    case 'outputs':
      return <Left run={run} />;
    case 'changes':
      return <RunChanges run={run.id} />;
    case 'yaml':
      return <RunYaml run={run.id} />;
    default:
      return (
        <Empty title={`A run has no part “${part}”`}>
          <p>Choose one of the parts above.</p>
        </Empty>
      );
  }
}

function Timeline({ run }: { readonly run: RunView }): ReactElement {
  const now = useNow();
  const model = waterfall(run, isLive(run) ? now : Date.parse(run.finishTime ?? run.queueTime));
  if (model.rows.length > 0) return <Waterfall run={run.id} model={model} />;
  return (
    <Empty title="Nothing has begun">
      <p>As soon as a stage waits or runs, its time is drawn here.</p>
    </Empty>
  );
}

/** What the steps of a run left: tests, coverage, summaries, artifacts and output variables. */
function Left({ run }: { readonly run: RunView }): ReactElement {
  const running = run.status !== 'completed';
  return (
    <section aria-labelledby="left-title">
      <h2 id="left-title" className="hidden">
        What the run left
      </h2>
      <div className="left-things">
        <RunResults heading="h3" run={run.id} running={running} />
        <RunArtifacts heading="h3" run={run.id} running={running} />
        <RunOutputs run={run.id} running={running} />
        <Empty title="Nothing was left">
          <p>
            A step publishes tests with <code>PublishTestResults</code>, files with <code>publish:</code>, a
            summary with <code>##vso[task.uploadsummary]</code>, and a value for later stages with{' '}
            <code>##vso[task.setvariable variable=…;isOutput=true]</code>.
          </p>
        </Empty>
      </div>
    </section>
  );
}
