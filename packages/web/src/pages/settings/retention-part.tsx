import type { WireBounded, WireRetention } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Loaded } from '../../components/manage/loaded.tsx';
import { Panel } from '../../components/manage/panel.tsx';
import { SubmitForm } from '../../components/manage/submit-form.tsx';
import { useSession } from '../../data/context.tsx';
import { useChangeRetention, useRetention } from '../../data/settings.ts';

/** For how long runs are kept. */
export function RetentionPart(): ReactElement {
  const retention = useRetention();
  return (
    <Panel
      title="How long runs are kept"
      note="A run that is older goes with its logs and artifacts, unless somebody keeps it. 36500 days are for ever."
    >
      <Loaded query={retention} what="how long runs are kept" rows={1}>
        {(data) => <Days retention={data} />}
      </Loaded>
    </Panel>
  );
}

function Days({ retention }: { readonly retention: WireRetention }): ReactElement {
  const change = useChangeRetention();
  const { me } = useSession();
  const [runs, setRuns] = useState(String(retention.purgeRuns.value));
  const [pulls, setPulls] = useState(String(retention.purgePullRequestRuns.value));
  const [newest, setNewest] = useState(String(retention.retainRunsPerProtectedBranch.value));
  const may = me.permissions.includes('manageProjects');
  return (
    <SubmitForm
      change={change}
      order={() => ({
        runRetention: { value: Number(runs) },
        pullRequestRunRetention: { value: Number(pulls) },
        retainRunsPerProtectedBranch: { value: Number(newest) },
      })}
      label="Save"
      said="Saved."
      disabled={!may}
    >
      <fieldset className="bare" disabled={!may}>
        <legend className="hidden">How long</legend>
        <Bounded label="Days to keep runs" value={runs} change={setRuns} bounds={retention.purgeRuns} />
        <Bounded
          label="Days to keep runs of pull requests"
          value={pulls}
          change={setPulls}
          bounds={retention.purgePullRequestRuns}
        />
        <Bounded
          label="Newest runs of each pipeline on its default branch that stay whatever their age"
          value={newest}
          change={setNewest}
          bounds={retention.retainRunsPerProtectedBranch}
        />
      </fieldset>
      {!may && <p className="hint">Your role, {me.role}, may look at it, and not change it.</p>}
    </SubmitForm>
  );
}

function Bounded(props: {
  readonly label: string;
  readonly value: string;
  readonly change: (value: string) => void;
  readonly bounds: WireBounded;
}): ReactElement {
  const { label, value, change, bounds } = props;
  return (
    <label>
      {label}
      <input
        type="number"
        required
        min={bounds.min}
        max={bounds.max}
        value={value}
        onChange={({ target }) => change(target.value)}
      />
    </label>
  );
}
