import type { ReactElement } from 'react';
import { useGo } from '../../app/navigation.tsx';
import { Icon } from '../../components/icon/icon.tsx';
import { Refused } from '../../components/manage/refused.tsx';
import { useSession } from '../../data/context.tsx';
import { useLocks } from '../../data/queries.ts';
import { useMakePipeline } from '../../data/start.ts';
import type { Turn } from '../../view-models/start/draft.ts';
import { fullAddress, suggestedName, TURNS } from '../../view-models/start/draft.ts';
import { environmentsIn } from '../../view-models/start/preview.ts';
import { policyWords } from '../../view-models/policy.ts';
import type { StepProps } from './step-props.ts';
import { StepTitle } from './step-list.tsx';
import { TextField } from './text-field.tsx';

/** What it is called, and how the deployments to its environments take turns; then the first run is queued. */
export function QueueStep({ start, keep, show }: StepProps): ReactElement {
  const { draft, preview, made } = start;
  const go = useGo();
  const make = useMakePipeline();
  const name = draft.name ?? suggestedName(draft);
  const environments = preview === undefined ? [] : environmentsIn(preview);
  const mayLock = useSession().me.permissions.includes('manageLocks');
  const finish = (): void => {
    const order = {
      url: fullAddress(draft),
      branch: preview?.branch ?? '',
      path: draft.path.trim(),
      name: name.trim(),
      environments,
      policy: mayLock ? TURNS.find(({ turn }) => turn === draft.turn)?.policy : undefined,
      made,
      onMade: (pipeline: number) => keep({ made: pipeline }),
    };
    make.mutate(order, {
      onSuccess: ({ pipeline, run }) => go(run === undefined ? `pipelines/${pipeline}/queue` : `runs/${run}`),
    });
  };
  return (
    <form
      className="form panel"
      onSubmit={(event) => {
        event.preventDefault();
        finish();
      }}
    >
      <StepTitle>Name it, and say how it queues</StepTitle>
      <TextField
        label="Name of the pipeline"
        required
        longest={256}
        value={name}
        set={(typed) => keep({ draft: { ...draft, name: typed } })}
        disabled={made !== undefined}
      />
      {environments.length > 0 && (
        <Turns
          environments={environments}
          turn={draft.turn}
          choose={mayLock ? (turn) => keep({ draft: { ...draft, turn } }) : undefined}
        />
      )}
      <Refused error={make.error} />
      <div className="dialog-actions">
        <button type="button" className="button" onClick={() => show('graph')}>
          Back
        </button>
        <button type="submit" className="button button-main" disabled={make.isPending}>
          <Icon name="play" /> {make.isPending ? 'Queueing …' : 'Save and queue the first run'}
        </button>
      </div>
    </form>
  );
}

function Turns(props: {
  readonly environments: readonly string[];
  readonly turn: Turn;
  /** Absent: the viewer may not say. */
  readonly choose: ((turn: Turn) => void) | undefined;
}): ReactElement {
  const { environments, turn, choose } = props;
  if (choose === undefined) {
    return (
      <p className="hint">How deployments to {environments.join(', ')} queue, an administrator decides.</p>
    );
  }
  return (
    <>
      <fieldset className="choices">
        <legend>When several runs want to deploy to {environments.join(', ')}</legend>
        {TURNS.map((one) => (
          <label key={one.turn} className="choice">
            <input type="radio" name="turn" checked={turn === one.turn} onChange={() => choose(one.turn)} />
            {one.title}
            <span>{one.text}</span>
          </label>
        ))}
      </fieldset>
      <KeptLocks environments={environments} />
    </>
  );
}

/** Environments that have a lock already keep it as it is. */
function KeptLocks({ environments }: { readonly environments: readonly string[] }): ReactElement {
  const names = new Set(environments.map((name) => name.toLowerCase()));
  const kept = (useLocks().data ?? []).filter(
    ({ resourceType, name }) => resourceType === 'environment' && names.has(name.toLowerCase()),
  );
  return (
    <>
      {kept.map(({ id, name, policy }) => (
        <p key={id} className="hint">
          <bdi>{name}</bdi> has a lock already, which stays as it is: {policyWords(policy).short.join(', ')}.
        </p>
      ))}
    </>
  );
}
