import type { RunView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { Link } from '../../app/navigation.tsx';
import { Heading } from '../../components/chrome/heading.tsx';
import { Empty, Skeleton, Trouble } from '../../components/feedback/notice.tsx';
import { When } from '../../components/feedback/when.tsx';
import type { IconName } from '../../components/icon/glyphs.tsx';
import { Icon } from '../../components/icon/icon.tsx';
import { RunLine } from '../../components/runs/run-line.tsx';
import { useBoard } from '../../data/board.ts';
import { useNow } from '../../data/clock.ts';
import { useSession } from '../../data/context.tsx';
import { useDefinitions, useLocks, useRuns } from '../../data/queries.ts';
import type { Need } from '../../view-models/home.ts';
import { home } from '../../view-models/home.ts';
import { runRow } from '../../view-models/run-row.ts';

/** At most this many runs stand in a list here; all of them are on the page of runs. */
const SHOWN = 10;

/** What needs somebody, what runs, and what waits. */
export function HomePage(): ReactElement {
  const { project, me } = useSession();
  const runs = useRuns();
  const locks = useLocks();
  const now = useNow();
  const error = runs.error ?? locks.error;
  const model = runs.data === undefined ? undefined : home(runs.data, locks.data ?? [], me.name, now);
  return (
    <>
      <Heading title={project} />
      {error !== null && (
        <Trouble error={error} again={() => void Promise.all([runs.refetch(), locks.refetch()])} />
      )}
      {model === undefined && error === null && <Skeleton what="what goes on" rows={5} />}
      {model !== undefined && (
        <div className="home">
          {runs.data?.length === 0 && <FirstPipeline />}
          <NeedList needs={model.needs} />
          <RunLines title="Running" runs={model.running} none="Nothing runs at the moment." />
          <RunLines title="Waiting" runs={model.waiting} none="Nothing waits." />
        </div>
      )}
    </>
  );
}

/** The way to a first pipeline, where there is none. */
function FirstPipeline(): ReactElement | null {
  const { me } = useSession();
  const definitions = useDefinitions();
  if (definitions.data?.length !== 0 || !me.permissions.includes('editDefinitions')) return null;
  return (
    <Empty title="Set up the first pipeline">
      <p>Name a repository, choose its pipeline file, see what it does, and queue the first run.</p>
      <p>
        <Link className="button button-main" to="start">
          Set up a pipeline
        </Link>
      </p>
    </Empty>
  );
}

const ICON: Readonly<Record<Need['kind'], IconName>> = {
  approval: 'approval',
  lock: 'held',
  failure: 'failed',
};

function NeedList(props: { readonly needs: readonly Need[] }): ReactElement {
  const { needs } = props;
  return (
    <section aria-labelledby="needs-title">
      <header className="column-head">
        <h2 id="needs-title">Needs somebody</h2>
        {needs.length > 0 && <span className="count">{needs.length}</span>}
      </header>
      {needs.length === 0 ? (
        <Empty title="Nothing needs you">
          <p>Approvals, locks that nobody frees and pipelines that fail are named here.</p>
        </Empty>
      ) : (
        <ul className="lines">
          {needs.map((need) => (
            <NeedLine key={need.key} need={need} />
          ))}
        </ul>
      )}
    </section>
  );
}

function NeedLine({ need }: { readonly need: Need }): ReactElement {
  return (
    <li className="line">
      <span className="line-mark">
        <Icon name={ICON[need.kind]} tone={need.kind === 'approval' ? 'warn' : 'bad'} />
      </span>
      <div className="line-what">
        <p className="line-title">
          <Link to={need.to} className="line-link" data-nav="">
            <bdi>{need.title}</bdi>
          </Link>
          {need.mine && <span className="chip">waits for you</span>}
        </p>
        <p className="line-text">{need.text}</p>
      </div>
      <p className="line-times">
        <When at={need.since} />
      </p>
    </li>
  );
}

function RunLines(props: {
  readonly title: string;
  readonly runs: readonly RunView[];
  readonly none: string;
}): ReactElement {
  const { title, runs, none } = props;
  const on = useBoard();
  const now = useNow();
  const id = `${title.toLowerCase()}-title`;
  return (
    <section aria-labelledby={id}>
      <header className="column-head">
        <h2 id={id}>{title}</h2>
        {runs.length > 0 && <span className="count">{runs.length}</span>}
      </header>
      {runs.length === 0 && <p className="none">{none}</p>}
      {runs.length > 0 && (
        <ul className="lines">
          {runs.slice(0, SHOWN).map((run) => (
            <RunLine key={run.id} row={runRow(run, on, now)} />
          ))}
        </ul>
      )}
      {runs.length > SHOWN && (
        <p className="none">
          <Link to="runs">All {runs.length}</Link>
        </p>
      )}
    </section>
  );
}
