import type { RunView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { Link } from '../../app/navigation.tsx';
import { withQuery } from '../../app/address.ts';
import type { DialogState } from '../../app/open-dialog.tsx';
import { Heading } from '../../components/chrome/heading.tsx';
import { Trouble } from '../../components/feedback/notice.tsx';
import { When } from '../../components/feedback/when.tsx';
import { Icon } from '../../components/icon/icon.tsx';
import { useBoard } from '../../data/board.ts';
import { useNow } from '../../data/clock.ts';
import { useRetryRun } from '../../data/commands.ts';
import { useSession } from '../../data/context.tsx';
import { branchName } from '../../view-models/names.ts';
import type { RunRow } from '../../view-models/run-row.ts';
import { runRow } from '../../view-models/run-row.ts';

interface Props {
  readonly run: RunView;
  readonly setDialog: (dialog: DialogState) => void;
}

/** What a run is, how it stands, and what can be done with it. */
export function RunHead({ run, setDialog }: Props): ReactElement {
  const row = runRow(run, useBoard(), useNow());
  const retry = useRetryRun();
  return (
    <>
      <Heading
        title={`${row.pipeline} ${row.number}`}
        trail={[
          { label: 'Pipelines', to: 'pipelines' },
          { label: row.pipeline, to: `pipelines/${run.definition.id}` },
        ]}
        before={<Icon name={row.mark.icon} tone={row.mark.tone} />}
        after={<span className={`heading-state tone-${row.mark.tone}`}>{row.mark.label}</span>}
        acts={<RunActs run={run} row={row} setDialog={setDialog} retry={() => retry.mutate(run.id)} />}
      />
      {retry.error !== null && <Trouble error={retry.error} />}
      <RunFacts run={run} row={row} />
      {row.cancelNote !== undefined && <p className="run-note run-note-wide">{row.cancelNote}</p>}
      {row.approvals.length > 0 && (
        <div className="run-asks run-asks-wide">
          <ul>
            {row.approvals.map(({ id, text }) => (
              <li key={id}>{text}</li>
            ))}
          </ul>
          <button
            type="button"
            className="button button-main"
            onClick={() => setDialog({ kind: 'approvals', run: run.id })}
          >
            <Icon name="approval" /> Review
          </button>
        </div>
      )}
    </>
  );
}

function RunActs(props: Props & { readonly row: RunRow; readonly retry: () => void }): ReactElement {
  const { run, row, setDialog, retry } = props;
  const { permissions } = useSession().me;
  const mayQueue = permissions.includes('queueRuns');
  const failed =
    run.status === 'completed' && run.stages.some(({ acts }) => acts?.includes('retry') === true);
  return (
    <>
      {mayQueue && failed && (
        <button type="button" className="button" onClick={retry}>
          <Icon name="refresh" /> Run failed stages again
        </button>
      )}
      {mayQueue && row.cancellable && (
        <button type="button" className="button" onClick={() => setDialog({ kind: 'cancel', run: run.id })}>
          <Icon name="stop" /> Cancel
        </button>
      )}
      {permissions.includes('forceCancels') && row.forceable && (
        <button
          type="button"
          className="button button-danger"
          onClick={() => setDialog({ kind: 'force', run: run.id })}
        >
          <Icon name="stop" /> Force cancel
        </button>
      )}
      {mayQueue && (
        <Link
          className="button button-main"
          to={withQuery(`pipelines/${run.definition.id}/queue`, { branch: branchName(run.branch) })}
        >
          <Icon name="play" /> Run again
        </Link>
      )}
    </>
  );
}

function RunFacts({ run, row }: { readonly run: RunView; readonly row: RunRow }): ReactElement {
  return (
    <div className="run-about">
      {row.message !== '' && (
        <p className="run-about-message">
          <bdi>{row.message}</bdi>
        </p>
      )}
      <p className="facts">
        <span className="fact">
          <Icon name="branch" />
          <span className="hidden">branch </span>
          <bdi>{row.branch}</bdi>
        </span>
        <span className="fact">
          <Icon name="commit" />
          <span className="hidden">commit </span>
          <code title={run.commit}>{row.commit}</code>
        </span>
        <span className="fact">
          <Icon name="person" />
          <bdi>{row.who}</bdi>
        </span>
        <span className="fact">{row.why}</span>
        <span className="fact">
          <Icon name="queued" /> queued&nbsp;
          <When at={row.queued} />
        </span>
        {row.duration !== undefined && (
          <span className="fact">
            <Icon name="timer" />
            <span className="hidden">duration </span>
            <span className="clockface">{row.duration}</span>
          </span>
        )}
      </p>
    </div>
  );
}
