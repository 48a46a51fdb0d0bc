import type { WireDefinition } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { useQueueRun } from '../../data/commands.ts';
import { useDefinitions } from '../../data/queries.ts';
import { branchName } from '../../view-models/names.ts';
import { Skeleton, Trouble } from '../feedback/notice.tsx';
import { Dialog } from './dialog.tsx';

interface Props {
  readonly close: () => void;
  /** Told the new run. */
  readonly queued: (run: number) => void;
}

/** Queues a run of a pipeline on a branch. */
export function QueueDialog(props: Props): ReactElement {
  const definitions = useDefinitions();
  const list = definitions.data;
  return (
    <Dialog title="Queue a run" kind="small" close={props.close}>
      {definitions.error !== null && (
        <Trouble error={definitions.error} again={() => void definitions.refetch()} />
      )}
      {list === undefined && definitions.error === null && <Skeleton what="pipelines" rows={2} />}
      {list?.length === 0 && (
        <p>
          There is no pipeline yet. Make one with <code>signalbox pipeline create</code>.
        </p>
      )}
      {list !== undefined && list.length > 0 && <QueueForm {...props} definitions={list} />}
    </Dialog>
  );
}

function QueueForm(props: Props & { readonly definitions: readonly WireDefinition[] }): ReactElement {
  const { definitions } = props;
  const [chosen, choose] = useState(definitions[0]?.id ?? 0);
  const [branch, setBranch] = useState('');
  const queue = useQueueRun();
  const standard = definitions.find((definition) => definition.id === chosen)?.repository.defaultBranch;
  const submit = (): void => {
    const named = branch.trim();
    const request = { definition: chosen, ...(named === '' ? {} : { branch: named }) };
    queue.mutate(request, { onSuccess: (build) => props.queued(build.id) });
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <label>
        Pipeline
        <select value={chosen} onChange={(event) => choose(Number(event.target.value))} autoFocus>
          {definitions.map((definition) => (
            <option key={definition.id} value={definition.id}>
              {definition.name}
            </option>
          ))}
        </select>
      </label>
      <label>
        Branch
        <input
          value={branch}
          placeholder={standard === undefined ? 'the default branch' : branchName(standard)}
          onChange={(event) => setBranch(event.target.value)}
          autoComplete="off"
          spellCheck={false}
        />
      </label>
      {queue.error !== null && <Trouble error={queue.error} />}
      <div className="dialog-actions">
        <button type="button" className="button" onClick={props.close}>
          Close
        </button>
        <button type="submit" className="button button-main" disabled={queue.isPending}>
          Queue the run
        </button>
      </div>
    </form>
  );
}
