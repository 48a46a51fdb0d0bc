import type { ReactElement } from 'react';
import { useState } from 'react';
import { useAddress, useGo } from '../../app/navigation.tsx';
import { Heading } from '../../components/chrome/heading.tsx';
import { Empty } from '../../components/feedback/notice.tsx';
import { useSession } from '../../data/context.tsx';
import { NEW_DRAFT, START_STEPS, stepToShow } from '../../view-models/start/draft.ts';
import { FileStep } from './file-step.tsx';
import { GraphStep } from './graph-step.tsx';
import { QueueStep } from './queue-step.tsx';
import { RepositoryStep } from './repository-step.tsx';
import type { Start, StepProps } from './step-props.ts';
import { StepList } from './step-list.tsx';
import '../../components/manage/manage.css';
import './start.css';

/** From a repository to its first run, step by step; going back keeps what was typed. */
export function StartPage(): ReactElement {
  const { me } = useSession();
  const may = me.permissions.includes('editDefinitions');
  return (
    <>
      <Heading title="New pipeline" trail={[{ label: 'Pipelines', to: 'pipelines' }]} />
      {may ? (
        <Steps />
      ) : (
        <Empty title="Your role may not make pipelines">
          <p>Ask an administrator for the role of a contributor in this project.</p>
        </Empty>
      )}
    </>
  );
}

function Steps(): ReactElement {
  const { query } = useAddress();
  const go = useGo();
  const [start, setStart] = useState<Start>({ draft: NEW_DRAFT });
  const { look, preview } = start;
  const step = stepToShow(query.get('step'), {
    files: look !== undefined,
    preview: preview !== undefined,
    right: preview !== undefined && preview.problems.length === 0 && preview.stages.length > 0,
  });
  const props: StepProps = {
    start,
    keep: (part) => setStart((known) => ({ ...known, ...part })),
    show: (to) => go(to === 'repository' ? 'start' : `start?step=${to}`),
  };
  const at = START_STEPS.findIndex((one) => one.step === step);
  return (
    <div className="start">
      <StepList at={at} show={props.show} />
      {step === 'repository' && <RepositoryStep {...props} />}
      {step === 'file' && <FileStep {...props} />}
      {step === 'graph' && <GraphStep {...props} />}
      {step === 'queue' && <QueueStep {...props} />}
    </div>
  );
}
