import type { ReactElement } from 'react';
import { useId, useState } from 'react';
import { Copied } from '../../components/manage/copied.tsx';
import { Panel } from '../../components/manage/panel.tsx';
import { SubmitForm } from '../../components/manage/submit-form.tsx';
import { useCreateToken } from '../../data/tokens.ts';
import type { TokenForm } from '../../view-models/manage/token-form.ts';
import {
  NEW_TOKEN,
  SCOPE_WORDS,
  tokenOrder,
  tokenProblem,
  withScope,
} from '../../view-models/manage/token-form.ts';

/** Makes a token of one's own; its secret is shown once, here. */
export function NewTokenPanel(): ReactElement {
  const create = useCreateToken();
  const [form, setForm] = useState(NEW_TOKEN);
  const [tried, tryIt] = useState(false);
  const problem = tokenProblem(form);
  const made = create.data;
  return (
    <Panel title="New token">
      {made !== undefined && (
        <div className="said-once" role="status">
          <p>
            The token <bdi>{made.name}</bdi>:
          </p>
          <Copied label={`Token ${made.name}`} text={made.secret} once />
        </div>
      )}
      <SubmitForm
        change={create}
        order={() => {
          tryIt(true);
          return problem === undefined ? tokenOrder(form) : undefined;
        }}
        label="Make the token"
        done={() => {
          setForm(NEW_TOKEN);
          tryIt(false);
        }}
      >
        <div className="form-pair">
          <label>
            What for
            <input
              required
              maxLength={64}
              value={form.name}
              placeholder="my laptop"
              onChange={({ target }) => setForm({ ...form, name: target.value })}
              autoComplete="off"
            />
          </label>
          <label>
            Days until it ends
            <input
              type="number"
              required
              min={1}
              max={365}
              value={form.days}
              onChange={({ target }) => setForm({ ...form, days: target.value })}
            />
          </label>
        </div>
        <Scopes form={form} change={setForm} problem={tried ? problem : undefined} />
      </SubmitForm>
    </Panel>
  );
}

function Scopes(props: {
  readonly form: TokenForm;
  readonly change: (form: TokenForm) => void;
  readonly problem: string | undefined;
}): ReactElement {
  const { form, change, problem } = props;
  const id = useId();
  return (
    <fieldset aria-describedby={problem === undefined ? undefined : id}>
      <legend>It may</legend>
      <label className="tick">
        <input
          type="radio"
          name={id}
          checked={form.limited}
          onChange={() => change({ ...form, limited: true })}
        />
        do what is chosen here
      </label>
      {form.limited && (
        <div className="scopes">
          {Object.entries(SCOPE_WORDS).map(([scope, words]) => (
            <label key={scope} className="tick">
              <input
                type="checkbox"
                checked={form.scopes.includes(scope)}
                onChange={({ target }) => change(withScope(form, scope, target.checked))}
              />
              <span className="tick-text">
                {words} <code className="hint">{scope}</code>
              </span>
            </label>
          ))}
        </div>
      )}
      <label className="tick">
        <input
          type="radio"
          name={id}
          checked={!form.limited}
          onChange={() => change({ ...form, limited: false })}
        />
        do all that I may
      </label>
      {problem !== undefined && (
        <p id={id} className="form-error" role="alert">
          {problem}
        </p>
      )}
    </fieldset>
  );
}
