import type { LockPatch, LockView } from '@signalbox/api';
import type { LockPolicy } from '@signalbox/model';
import type { FormEvent, ReactElement } from 'react';
import { useState } from 'react';
import { Link, useAddress, useGo } from '../../app/navigation.tsx';
import { Heading } from '../../components/chrome/heading.tsx';
import { Trouble } from '../../components/feedback/notice.tsx';
import { Preview } from '../../components/lock-page/preview.tsx';
import { PolicyFields, SpanAndLanes } from '../../components/lock-page/policy-fields.tsx';
import { useConfigureLock } from '../../data/configure-lock.ts';
import { useSession } from '../../data/context.tsx';
import {
  policyPatch,
  presetOf,
  PRESET_CHOICES,
  problemsOf,
  suggested,
  withPreset,
} from '../../view-models/lock/policy-form.ts';
import { policySummary } from '../../view-models/lock/policy-summary.ts';
import { resourceWord } from '../../view-models/names.ts';

/** The policy of a lock: presets, every setting, what it will do in plain words, and what it would do to those who wait. */
export function PolicyPage(props: { readonly lock: LockView }): ReactElement {
  const { lock } = props;
  const { me } = useSession();
  const go = useGo();
  const { query } = useAddress();
  const [policy, setPolicy] = useState<LockPolicy>(() => suggested(lock.policy, query));
  const configure = useConfigureLock(lock.id);
  const may = me.permissions.includes('manageLocks');
  const problems = problemsOf(policy);
  const patch = policyPatch(lock.policy, policy);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (problems.size === 0) configure.mutate(patch, { onSuccess: () => go(`locks/${lock.id}`) });
  };
  return (
    <>
      <Heading
        title={`Policy of ${lock.name}`}
        trail={[
          { label: 'Locks', to: 'locks' },
          { label: lock.name, to: `locks/${lock.id}` },
        ]}
      />
      <form className="policy" onSubmit={submit}>
        <fieldset className="queue-main" disabled={!may}>
          <legend className="hidden">Settings</legend>
          <Presets policy={policy} choose={setPolicy} />
          <PolicyFields policy={policy} problems={problems} change={setPolicy} />
          <SpanAndLanes policy={policy} problems={problems} change={setPolicy} />
        </fieldset>
        <PolicySide
          lock={lock}
          policy={policy}
          problems={problems.size}
          patch={patch}
          may={may}
          busy={configure.isPending}
          error={configure.error}
        />
      </form>
    </>
  );
}

function PolicySide(props: {
  readonly lock: LockView;
  readonly policy: LockPolicy;
  /** How many things are wrong with it. */
  readonly problems: number;
  readonly patch: LockPatch;
  readonly may: boolean;
  readonly busy: boolean;
  readonly error: Error | null;
}): ReactElement {
  const { lock, policy, problems, patch, may } = props;
  const changed = Object.keys(patch).length > 0;
  return (
    <aside className="queue-side" aria-label="What it will do">
      <section className="panel" aria-labelledby="summary-title" aria-live="polite">
        <h2 id="summary-title">{changed ? 'What it will do' : 'What it does'}</h2>
        {policySummary(policy).map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
      </section>
      <section className="panel">
        {problems === 0 && changed ? (
          <Preview lock={lock} question={{ policy: patch }} />
        ) : (
          <p className="panel-note">
            {problems === 0
              ? 'Change a setting to see what it would do to those who wait now.'
              : 'Mend what is marked to see what it would do.'}
          </p>
        )}
        {!may && <MayNot lock={lock} />}
        {props.error !== null && <Trouble error={props.error} />}
        <div className="dialog-actions">
          <Link className="button" to={`locks/${lock.id}`}>
            {changed ? 'Leave it as it is' : 'Back to the lock'}
          </Link>
          {may && (
            <button
              type="submit"
              className="button button-main"
              disabled={!changed || problems > 0 || props.busy}
            >
              Save the policy
            </button>
          )}
        </div>
      </section>
    </aside>
  );
}

function MayNot(props: { readonly lock: LockView }): ReactElement {
  const { me } = useSession();
  const what = resourceWord(props.lock.resourceType).toLowerCase();
  return (
    <p className="panel-note">
      Your role, {me.role}, may look at this policy of the {what}, and not change it.
    </p>
  );
}

function Presets(props: {
  readonly policy: LockPolicy;
  readonly choose: (policy: LockPolicy) => void;
}): ReactElement {
  const { policy, choose } = props;
  const now = presetOf(policy);
  return (
    <section className="panel" aria-labelledby="presets-title">
      <h2 id="presets-title">Settings of classic releases</h2>
      <div className="presets" role="group" aria-labelledby="presets-title">
        {PRESET_CHOICES.map(({ name, label }) => (
          <button
            key={name}
            type="button"
            className="button"
            aria-pressed={name === now}
            onClick={() => choose(withPreset(policy, name))}
          >
            {label}
          </button>
        ))}
      </div>
    </section>
  );
}
