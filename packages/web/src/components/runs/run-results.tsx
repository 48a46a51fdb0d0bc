import type { AttachmentView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useAttachment, useRunResults } from '../../data/results.ts';
import { runResultsModel, type RunResultsModel } from '../../view-models/run-results.ts';
import { Instructions } from '../dialogs/instructions.tsx';
import { Icon } from '../icon/icon.tsx';

/** Tests, coverage and summaries of a run; nothing where its steps left nothing. */
export function RunResults(props: {
  readonly run: number;
  readonly running: boolean;
  readonly heading: 'h3' | 'h4';
}): ReactElement | null {
  const { run, running, heading: Title } = props;
  const { data } = useRunResults(run, running);
  const model = data && runResultsModel(data);
  if (data === undefined || model === undefined) return null;
  return (
    <section className="detail-stage results">
      <Title>Results</Title>
      <ResultList model={model} />
      {model.summaries.map((summary) => (
        <Summary
          key={`${summary.record}/${summary.name}`}
          run={run}
          timeline={data.timeline}
          summary={summary}
        />
      ))}
    </section>
  );
}

function ResultList({ model }: { readonly model: RunResultsModel }): ReactElement {
  return (
    <ul className="reasons">
      {model.tests.map(({ key, text, bad }) => (
        <li key={key}>
          <Icon name={bad ? 'failed' : 'succeeded'} tone={bad ? 'bad' : 'good'} /> <bdi>{text}</bdi>
        </li>
      ))}
      {model.failed.map(({ key, name, message }) => (
        <li key={key}>
          <Icon name="failed" tone="bad" />
          <span>
            <bdi>{name}</bdi>
            {message !== '' && (
              <>
                : <bdi>{message}</bdi>
              </>
            )}
          </span>
        </li>
      ))}
      {model.coverage.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}

function Summary(props: {
  readonly run: number;
  readonly timeline: string;
  readonly summary: AttachmentView;
}): ReactElement | null {
  const { data } = useAttachment(props.run, props.timeline, props.summary);
  return data === undefined ? null : <Instructions text={data} />;
}
