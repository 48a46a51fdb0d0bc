import type { ReactElement } from 'react';
import { useState } from 'react';
import { Link } from '../../app/navigation.tsx';
import { useSession } from '../../data/context.tsx';
import { useChecks, useOrderCheck } from '../../data/environments.ts';
import type { FormKind } from '../../view-models/environment/check-kinds.ts';
import { CHECK_FORMS } from '../../view-models/environment/check-kinds.ts';
import type { CheckLine } from '../../view-models/environment/checks.ts';
import { checkLines } from '../../view-models/environment/checks.ts';
import { Skeleton, Trouble } from '../feedback/notice.tsx';
import { CheckEditor, RemoveCheck } from './check-editor.tsx';

type Opened =
  | { readonly kind: 'new'; readonly of: FormKind }
  | { readonly kind: 'edit' | 'remove'; readonly line: CheckLine };

/** The checks of an environment in the order of evaluation, each with its editor. */
export function ChecksPanel(props: {
  readonly environment: number;
  readonly lock: number | undefined;
}): ReactElement {
  const { environment, lock } = props;
  const { me } = useSession();
  const checks = useChecks(environment);
  const order = useOrderCheck(environment);
  const [opened, open] = useState<Opened>();
  const may = me.permissions.includes('manageLocks') || me.permissions.includes('administerResources');
  const lines = checkLines(checks.data ?? []);
  const actsOn = (line: CheckLine): LineActs | undefined => {
    if (!may) return undefined;
    return {
      edit: () => open({ kind: 'edit', line }),
      remove: () => open({ kind: 'remove', line }),
      flip: () => order.mutate({ act: 'switch', check: line.check }),
    };
  };
  return (
    <section className="panel" aria-labelledby="checks-title">
      <h2 id="checks-title">Checks, in the order of evaluation</h2>
      {checks.error !== null && <Trouble error={checks.error} again={() => void checks.refetch()} />}
      {checks.isPending && <Skeleton what="the checks" rows={2} />}
      {checks.data?.length === 0 && (
        <p className="panel-note">None: every deployment that may use the environment starts at once.</p>
      )}
      <ol className="env-checks">
        {lines.map((line) => (
          <Line key={line.check.id} line={line} lock={lock} acts={actsOn(line)} />
        ))}
      </ol>
      {order.error !== null && <Trouble error={order.error} />}
      {may && checks.data !== undefined && (
        <AddCheck has={lines.map(({ kind }) => kind)} add={(of) => open({ kind: 'new', of })} />
      )}
      <OpenedCheck environment={environment} opened={opened} close={() => open(undefined)} />
    </section>
  );
}

function OpenedCheck(props: {
  readonly environment: number;
  readonly opened: Opened | undefined;
  readonly close: () => void;
}): ReactElement | null {
  const { opened, ...rest } = props;
  if (opened === undefined) return null;
  if (opened.kind === 'new') return <CheckEditor {...rest} kind={opened.of} />;
  const { check, kind } = opened.line;
  if (opened.kind === 'remove') return <RemoveCheck {...rest} line={opened.line} />;
  return kind === undefined ? null : <CheckEditor {...rest} kind={kind} check={check} />;
}

interface LineActs {
  readonly edit: () => void;
  readonly remove: () => void;
  readonly flip: () => void;
}

function Line(props: {
  readonly line: CheckLine;
  readonly lock: number | undefined;
  readonly acts: LineActs | undefined;
}): ReactElement {
  const { line, lock, acts } = props;
  const { title, text, when, off, timeout, check, kind } = line;
  return (
    <li className={off ? 'env-check-line env-check-off' : 'env-check-line'}>
      <p className="env-check-title">
        <bdi>{title}</bdi> {off && <strong className="env-check-state">switched off</strong>}
      </p>
      {text !== '' && <p className="env-check-text">{text}</p>}
      <p className="environment-about">
        {when}; {timeout}
        {check.issue && <span>; {check.issue.message}</span>}
      </p>
      <p className="env-check-acts">
        {kind === 'exclusiveLock' && lock !== undefined && <Link to={`locks/${lock}/policy`}>Policy</Link>}
        {acts && <Acts line={line} acts={acts} />}
      </p>
    </li>
  );
}

function Acts(props: { readonly line: CheckLine; readonly acts: LineActs }): ReactElement {
  const { line, acts } = props;
  const { title, kind, off } = line;
  return (
    <>
      {kind !== undefined && kind !== 'exclusiveLock' && <Act label="Edit" of={title} act={acts.edit} />}
      <Act label={off ? 'Switch on' : 'Switch off'} of={title} act={acts.flip} />
      <Act label="Remove" of={title} act={acts.remove} />
    </>
  );
}

function Act(props: { readonly label: string; readonly of: string; readonly act: () => void }): ReactElement {
  return (
    <button type="button" className="button button-quiet" onClick={props.act}>
      {props.label}
      <span className="hidden"> {props.of}</span>
    </button>
  );
}

function AddCheck(props: {
  readonly has: readonly (FormKind | undefined)[];
  readonly add: (kind: FormKind) => void;
}): ReactElement {
  // A resource has one lock at most.
  const forms = CHECK_FORMS.filter(({ kind }) => kind !== 'exclusiveLock' || !props.has.includes(kind));
  const [chosen, choose] = useState<FormKind>('approval');
  const form = forms.find(({ kind }) => kind === chosen) ?? forms[0];
  return (
    <div className="form one-line">
      <label>
        <span className="hidden">Kind of check</span>
        <select
          value={form?.kind}
          onChange={({ target }) =>
            choose(forms.find(({ kind }) => kind === target.value)?.kind ?? 'approval')
          }
        >
          {forms.map(({ kind, title }) => (
            <option key={kind} value={kind}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <button type="button" className="button" onClick={() => form !== undefined && props.add(form.kind)}>
        Add a check
      </button>
    </div>
  );
}
