import type { WireDefinition } from '@signalbox/api';
import { ApiError } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useMemo } from 'react';
import { Link } from '../../app/navigation.tsx';
import type { PageProps } from '../../app/page-props.ts';
import { Heading } from '../../components/chrome/heading.tsx';
import { NotFound } from '../../components/chrome/not-found.tsx';
import { Empty, Trouble } from '../../components/feedback/notice.tsx';
import { Icon } from '../../components/icon/icon.tsx';
import { Badge } from '../../components/manage/badge.tsx';
import { RunLines } from '../../components/runs/run-lines.tsx';
import { useNow } from '../../data/clock.ts';
import { useSession } from '../../data/context.tsx';
import { useDefinition } from '../../data/pipelines.ts';
import { useRunPages } from '../../data/run-pages.ts';
import { branchName } from '../../view-models/names.ts';
import { pipelineLine } from '../../view-models/pipeline-line.ts';
import { readSearch } from '../../view-models/run-query.ts';

/** One pipeline: where its file is, and its runs. */
export function PipelinePage({ rest }: PageProps): ReactElement {
  const [id = ''] = rest;
  const definition = useDefinition(Number(id));
  const { me } = useSession();
  const now = useNow();
  const search = useMemo(() => readSearch(new Map([['pipeline', id]])), [id]);
  const pages = useRunPages(search);
  if (definition.error instanceof ApiError && definition.error.status === 404) {
    return <NotFound what={`Pipeline ${id}`} />;
  }
  const line = definition.data && pipelineLine(definition.data, now);
  return (
    <>
      <Heading
        title={line?.name ?? `Pipeline ${id}`}
        trail={[{ label: 'Pipelines', to: 'pipelines' }]}
        after={line?.queue !== undefined && <span className="chip">{line.queue}</span>}
        acts={
          me.permissions.includes('queueRuns') && (
            <Link className="button button-main" to={`pipelines/${id}/queue`}>
              <Icon name="play" /> Queue a run
            </Link>
          )
        }
      />
      {definition.error !== null && (
        <Trouble error={definition.error} again={() => void definition.refetch()} />
      )}
      {definition.data !== undefined && <About definition={definition.data} />}
      <RunLines
        pages={pages}
        none={
          <Empty title="It never ran">
            <p>Queue a run, or push to a branch that its triggers name.</p>
          </Empty>
        }
      />
    </>
  );
}

/** Where its file is, and the picture of how it is. */
function About({ definition }: { readonly definition: WireDefinition }): ReactElement {
  const { folder, repository, file, id } = pipelineLine(definition, 0);
  return (
    <>
      <p className="facts pipeline-about">
        {folder !== '' && <bdi>{folder}</bdi>}
        <span className="fact">
          <Icon name="repository" />
          <bdi>{repository}</bdi>
        </span>
        <span className="fact">
          <Icon name="log" />
          <code>{file}</code>
        </span>
        <span className="fact">
          <Icon name="branch" />
          <bdi>{branchName(definition.repository.defaultBranch)}</bdi>
        </span>
        <Link to={`runs?pipeline=${id}`}>Search its runs</Link>
      </p>
      <Badge
        picture={`_apis/public/build/definitions/${definition.project.id}/${id}/badge`}
        alt={definition.name}
        to={`pipelines/${id}`}
      />
    </>
  );
}
