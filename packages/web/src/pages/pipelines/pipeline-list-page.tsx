import type { ReactElement } from 'react';
import { useState } from 'react';
import { Link } from '../../app/navigation.tsx';
import { Heading } from '../../components/chrome/heading.tsx';
import { Command, Empty, Skeleton, Trouble } from '../../components/feedback/notice.tsx';
import { When } from '../../components/feedback/when.tsx';
import { Icon, MarkIcon } from '../../components/icon/icon.tsx';
import { useNow } from '../../data/clock.ts';
import { useSession } from '../../data/context.tsx';
import { useDefinitions } from '../../data/queries.ts';
import type { PipelineLine } from '../../view-models/pipeline-line.ts';
import { pipelineLines } from '../../view-models/pipeline-line.ts';

/** The pipelines of the project, each with its newest run. */
export function PipelineListPage(): ReactElement {
  const definitions = useDefinitions();
  const now = useNow();
  const { project, me } = useSession();
  const [text, setText] = useState('');
  const lines = pipelineLines(definitions.data ?? [], text, now);
  const mayQueue = me.permissions.includes('queueRuns');
  return (
    <>
      <Heading title="Pipelines" acts={<NewPipeline />} />
      {definitions.error !== null && (
        <Trouble error={definitions.error} again={() => void definitions.refetch()} />
      )}
      {definitions.data === undefined && definitions.error === null && <Skeleton what="pipelines" rows={5} />}
      {definitions.data?.length === 0 && <NoPipelines project={project} />}
      {definitions.data !== undefined && definitions.data.length > 0 && (
        <search className="run-search">
          <label className="search">
            <Icon name="search" />
            <span className="hidden">Search the pipelines</span>
            <input
              type="search"
              data-search=""
              placeholder="Search"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
            <kbd aria-hidden="true">/</kbd>
          </label>
        </search>
      )}
      {lines.length > 0 && (
        <ul className="lines">
          {lines.map((line) => (
            <Line key={line.id} line={line} mayQueue={mayQueue} />
          ))}
        </ul>
      )}
      {lines.length === 0 && text !== '' && (
        <Empty title="No pipeline matches">
          <button type="button" className="button" onClick={() => setText('')}>
            Show all pipelines
          </button>
        </Empty>
      )}
    </>
  );
}

function NewPipeline(): ReactElement | null {
  if (!useSession().me.permissions.includes('editDefinitions')) return null;
  return (
    <Link className="button button-main" to="start">
      <Icon name="pipeline" /> New pipeline
    </Link>
  );
}

function Line(props: { readonly line: PipelineLine; readonly mayQueue: boolean }): ReactElement {
  const { line, mayQueue } = props;
  const { last } = line;
  return (
    <li className="line">
      <span className="line-mark">
        {last === undefined ? <Icon name="notStarted" tone="quiet" /> : <MarkIcon mark={last.mark} />}
      </span>
      <div className="line-what">
        <p className="line-title clip">
          <Link to={`pipelines/${line.id}`} className="line-link" data-nav="">
            <bdi>{line.name}</bdi>
          </Link>
          {line.queue !== undefined && <span className="chip">{line.queue}</span>}
        </p>
        <p className="facts line-facts">
          {line.folder !== '' && <bdi className="clip">{line.folder}</bdi>}
          <span className="fact">
            <Icon name="repository" />
            <bdi className="clip">{line.repository}</bdi>
          </span>
          {last === undefined ? (
            <span>never ran</span>
          ) : (
            <>
              <Link to={`runs/${last.id}`} className="line-other">
                {last.number}
              </Link>
              <span className="fact">
                <Icon name="branch" />
                <bdi className="clip">{last.branch}</bdi>
              </span>
            </>
          )}
        </p>
      </div>
      {mayQueue ? (
        <Link to={`pipelines/${line.id}/queue`} className="button line-button">
          <Icon name="play" /> Run<span className="hidden"> {line.name}</span>
        </Link>
      ) : (
        <span />
      )}
      <p className="line-times">{last !== undefined && <When at={last.at} />}</p>
    </li>
  );
}

function NoPipelines(props: { readonly project: string }): ReactElement {
  const may = useSession().me.permissions.includes('editDefinitions');
  return (
    <Empty title="No pipelines yet">
      {may ? (
        <>
          <p>Name a repository, choose its pipeline file, and queue the first run:</p>
          <p>
            <Link className="button button-main" to="start">
              Set up a pipeline
            </Link>
          </p>
        </>
      ) : (
        <p>A contributor or an administrator can make one.</p>
      )}
      <p>Or on the command line, in a repository with an azure-pipelines.yml:</p>
      <Command>{`npx signalbox pipeline create my-app --project ${JSON.stringify(props.project)} --repository .`}</Command>
    </Empty>
  );
}
