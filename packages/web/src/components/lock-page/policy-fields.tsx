import type { LockPolicy, LockSpan, PolicyProblem } from '@signalbox/model';
import type { ReactElement } from 'react';
import { useId, useState } from 'react';
import type { PolicyField } from '../../view-models/lock/policy-form.ts';
import { lanesOf, lanesText, POLICY_GROUPS, spanOf, spanLines } from '../../view-models/lock/policy-form.ts';

interface Props {
  readonly policy: LockPolicy;
  readonly problems: ReadonlyMap<string, PolicyProblem>;
  readonly change: (policy: LockPolicy) => void;
}

/** Every setting of a lock that is one word or one number, under its heading. */
export function PolicyFields(props: Props): ReactElement {
  return (
    <>
      {POLICY_GROUPS.map(({ title, fields }) => (
        <section key={title} className="panel form policy-group" aria-label={title}>
          <h2>{title}</h2>
          {fields.map((field) => (
            <Field key={field.name} {...props} field={field} />
          ))}
        </section>
      ))}
    </>
  );
}

function Field(props: Props & { readonly field: PolicyField }): ReactElement {
  const { policy, problems, change, field } = props;
  const { name, label, choices, bounds } = field;
  const problem = problems.get(name);
  const hint = useId();
  const described = problem === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': hint };
  const set = (value: string | number): void => change({ ...policy, [name]: value });
  return (
    <label>
      {label}
      {choices === undefined ? (
        <input
          type="number"
          required
          min={bounds?.least}
          max={bounds?.most}
          value={numberOf(policy[name])}
          onChange={({ target }) => set(target.valueAsNumber)}
          {...described}
        />
      ) : (
        <select value={wordOf(policy[name])} onChange={({ target }) => set(target.value)} {...described}>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
      <Problem id={hint} problem={problem} />
    </label>
  );
}

function wordOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A field that was emptied holds no number; it stays empty and not `NaN`. */
function numberOf(value: unknown): number | '' {
  return typeof value === 'number' && !Number.isNaN(value) ? value : '';
}

function Problem(props: {
  readonly id: string;
  readonly problem: PolicyProblem | undefined;
}): ReactElement | null {
  if (props.problem === undefined) return null;
  return (
    <span id={props.id} className="form-error" role="alert">
      {props.problem.message}
    </span>
  );
}

/** The two settings that are more than a word: how long a grant lasts, and the lanes. */
export function SpanAndLanes(props: Props): ReactElement {
  const { policy, problems, change } = props;
  const [lanes, setLanes] = useState(() => lanesText(policy.lanes));
  const hints = { span: useId(), lanes: useId() };
  return (
    <section className="panel form policy-group" aria-label="Span and lanes">
      <h2>Span and lanes</h2>
      <SpanField {...props} />
      <Problem id={hints.span} problem={problems.get('span')} />
      <label>
        Lanes, one in each line: name = branches : minutes of head start
        <textarea
          rows={3}
          spellCheck={false}
          placeholder="hotfix = refs/heads/hotfix/* : 60"
          value={lanes}
          aria-describedby={hints.lanes}
          onChange={({ target }) => {
            setLanes(target.value);
            change({ ...policy, lanes: lanesOf(target.value) });
          }}
        />
        <Problem id={hints.lanes} problem={problems.get('lanes')} />
      </label>
    </section>
  );
}

function SpanField(props: Props): ReactElement {
  const { policy, change } = props;
  const [text, setText] = useState(() => spanLines(policy.span));
  const kind = typeof policy.span === 'string' ? policy.span : 'through';
  const set = (span: LockSpan): void => change({ ...policy, span });
  return (
    <>
      <label>
        A run keeps the lock for
        <select
          value={kind}
          onChange={({ target }) =>
            set(target.value === 'stage' || target.value === 'run' ? target.value : spanOf(text))
          }
        >
          <option value="stage">one stage</option>
          <option value="run">the whole run</option>
          <option value="through">all stages up to a later one</option>
        </select>
      </label>
      {kind === 'through' && (
        <label>
          Up to which stage, one pipeline in each line: pipeline = stage
          <textarea
            rows={2}
            spellCheck={false}
            placeholder="shop-web = Verify"
            value={text}
            onChange={({ target }) => {
              setText(target.value);
              set(spanOf(target.value));
            }}
          />
        </label>
      )}
    </>
  );
}
