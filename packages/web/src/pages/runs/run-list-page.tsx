import type { ReactElement } from 'react';
import { useMemo } from 'react';
import { withQuery } from '../../app/address.ts';
import { Link, useAddress, useGo } from '../../app/navigation.tsx';
import { Heading } from '../../components/chrome/heading.tsx';
import { Command, Empty } from '../../components/feedback/notice.tsx';
import { RunLines } from '../../components/runs/run-lines.tsx';
import { RunSearch } from '../../components/runs/run-search.tsx';
import { SavedViews } from '../../components/runs/saved-views.tsx';
import { useSession } from '../../data/context.tsx';
import { useDefinitions } from '../../data/queries.ts';
import { useRunPages } from '../../data/run-pages.ts';
import { isNarrowed, readSearch, searchQuery } from '../../view-models/run-query.ts';

/** The runs of the project, newest first, narrowed as the address says. */
export function RunListPage(): ReactElement {
  const { project, me } = useSession();
  const { query } = useAddress();
  const go = useGo();
  const search = useMemo(() => readSearch(query), [query]);
  const pages = useRunPages(search);
  const pipelines = useDefinitions().data ?? [];
  const [, asked = ''] = withQuery('runs', searchQuery(search)).split('?');
  const count = pages.runs?.length;
  return (
    <>
      <Heading
        title="Runs"
        acts={
          me.permissions.includes('queueRuns') && (
            <Link className="button button-main" to="pipelines">
              Queue a run
            </Link>
          )
        }
      />
      <RunSearch
        search={search}
        change={(next) => go(withQuery('runs', searchQuery(next)), { replace: true })}
        pipelines={pipelines}
      />
      <SavedViews project={project} query={asked} />
      <p className="hidden" role="status">
        {isNarrowed(search) && count !== undefined ? `${count} runs shown` : ''}
      </p>
      <RunLines pages={pages} none={isNarrowed(search) ? <NoMatch /> : <NoRuns project={project} />} />
    </>
  );
}

function NoMatch(): ReactElement {
  return (
    <Empty title="No run matches">
      <p>
        <Link to="runs">Show all runs</Link>
      </p>
    </Empty>
  );
}

function NoRuns(props: { readonly project: string }): ReactElement {
  const project = `--project ${JSON.stringify(props.project)}`;
  return (
    <Empty title="No runs yet">
      <p>Two commands bring the first one here. In a repository with an azure-pipelines.yml:</p>
      <Command>{`npx signalbox pipeline create my-app ${project} --repository .`}</Command>
      <Command>{`npx signalbox queue my-app ${project}`}</Command>
    </Empty>
  );
}
