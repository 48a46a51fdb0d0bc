import type { FilePreview } from '@signalbox/api';
import type { ReactElement } from 'react';
import { Link } from '../../app/navigation.tsx';
import { PlanGraph } from '../../components/graph/plan-graph.tsx';
import { Icon } from '../../components/icon/icon.tsx';
import { Refused } from '../../components/manage/refused.tsx';
import { usePreview } from '../../data/start.ts';
import { fullAddress } from '../../view-models/start/draft.ts';
import { needLines } from '../../view-models/start/preview.ts';
import { FaultyFile } from './faulty-file.tsx';
import type { StepProps } from './step-props.ts';
import { StepTitle } from './step-list.tsx';

/** What the pipeline will do: its stages, every mistake at its place, and what it needs of the project. */
export function GraphStep(props: StepProps): ReactElement | null {
  const { draft, preview } = props.start;
  if (preview === undefined) return null;
  const right = preview.problems.length === 0;
  return (
    <div className="panel start-graph">
      <StepTitle>{right ? 'What it does' : 'The file is not right yet'}</StepTitle>
      <p className="hint" role="status">
        {summary(preview, draft.path)}
      </p>
      {preview.stages.length > 0 && <PlanGraph stages={preview.stages} />}
      {!right && <FaultyFile preview={preview} path={draft.path} />}
      {preview.needs.length > 0 && <Needs preview={preview} />}
      <Actions {...props} right={right} />
    </div>
  );
}

/** On to the last step, or to read the file once more after it was mended. */
function Actions({ start, keep, show, right }: StepProps & { readonly right: boolean }): ReactElement {
  const { draft } = start;
  const again = usePreview();
  const look = (): void => {
    const file = { url: fullAddress(draft), branch: draft.branch.trim(), path: draft.path.trim() };
    again.mutate(file, { onSuccess: (found) => keep({ preview: found }) });
  };
  return (
    <>
      <Refused error={again.error} />
      <div className="dialog-actions">
        <button type="button" className="button" onClick={() => show('file')}>
          Back
        </button>
        {right ? (
          <button type="button" className="button button-main" onClick={() => show('queue')}>
            Go on
          </button>
        ) : (
          <button type="button" className="button button-main" disabled={again.isPending} onClick={look}>
            {again.isPending ? 'Reading …' : 'Look again'}
          </button>
        )}
      </div>
    </>
  );
}

function summary({ stages, problems, commit }: FilePreview, path: string): string {
  const at = `${path}, at commit ${commit.slice(0, 8)}`;
  if (problems.length === 0) {
    return `${stages.length === 1 ? 'The one stage' : `The ${stages.length} stages`} of ${at}.`;
  }
  const count = problems.length === 1 ? 'One mistake' : `${problems.length} mistakes`;
  return `${count} in ${at}. Mend and commit, then look again.`;
}

function Needs({ preview }: { readonly preview: FilePreview }): ReactElement {
  return (
    <section aria-labelledby="start-needs">
      <h3 id="start-needs">What it uses</h3>
      <ul className="start-needs">
        {needLines(preview.needs).map(({ key, kind, name, text, tone, to }) => (
          <li key={key}>
            <Icon name={tone === 'good' ? 'succeeded' : tone === 'warn' ? 'waiting' : 'failed'} tone={tone} />
            <span>
              The {kind} <bdi className="start-name">{name}</bdi> {text}.{' '}
              {to !== undefined && <Link to={to}>See to it</Link>}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
