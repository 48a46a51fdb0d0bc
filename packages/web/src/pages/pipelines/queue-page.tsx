import type { QueueFormView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Link, useAddress, useGo } from '../../app/navigation.tsx';
import type { PageProps } from '../../app/page-props.ts';
import { Heading } from '../../components/chrome/heading.tsx';
import { Skeleton, Trouble } from '../../components/feedback/notice.tsx';
import { Icon } from '../../components/icon/icon.tsx';
import { useQueueRun } from '../../data/commands.ts';
import { useDefinition } from '../../data/pipelines.ts';
import { useQueueForm } from '../../data/queue-form.ts';
import { branchName } from '../../view-models/names.ts';
import { givenParameters, parameterFields, readVariables } from '../../view-models/queue-form.ts';
import { ParameterField } from './parameter-field.tsx';
import { StagePicker } from './stage-picker.tsx';

/** Queues a run of a pipeline: branch, parameters, variables, and the stages to leave out. */
export function QueuePage({ rest }: PageProps): ReactElement {
  const id = Number(rest[0]);
  const { query } = useAddress();
  const definition = useDefinition(id);
  const [branch, setBranch] = useState(query.get('branch') ?? '');
  const form = useQueueForm(id, branch);
  const name = definition.data?.name ?? `Pipeline ${id}`;
  const standard = definition.data?.repository.defaultBranch;
  return (
    <>
      <Heading
        title={`Run ${name}`}
        trail={[
          { label: 'Pipelines', to: 'pipelines' },
          { label: name, to: `pipelines/${id}` },
        ]}
      />
      <div className="form queue-form">
        <BranchField
          branch={branch}
          standard={standard === undefined ? '' : branchName(standard)}
          set={setBranch}
        />
        {form.error !== null && <Trouble error={form.error} again={() => void form.refetch()} />}
        {form.data === undefined && form.error === null && (
          <Skeleton what="the file of the branch" rows={3} />
        )}
        {form.data !== undefined && form.error === null && (
          <Rest key={form.data.commit} pipeline={id} branch={branch} form={form.data} />
        )}
      </div>
    </>
  );
}

function BranchField(props: {
  readonly branch: string;
  readonly standard: string;
  readonly set: (branch: string) => void;
}): ReactElement {
  const [typed, setTyped] = useState(props.branch);
  const take = (): void => props.set(typed.trim());
  return (
    <label>
      Branch or tag
      <input
        value={typed}
        placeholder={props.standard}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take();
        }}
        autoComplete="off"
        spellCheck={false}
      />
    </label>
  );
}

interface RestProps {
  readonly pipeline: number;
  readonly branch: string;
  readonly form: QueueFormView;
}

/** What the file of the branch asks for. */
function Rest({ pipeline, branch, form }: RestProps): ReactElement {
  const go = useGo();
  const queue = useQueueRun();
  const [written, setWritten] = useState<Readonly<Record<string, string>>>({});
  const [skipped, setSkipped] = useState<ReadonlySet<string>>(new Set());
  const [variables, setVariables] = useState('');
  const fields = parameterFields(form);
  const values = readVariables(variables);
  const submit = (): void => {
    if (!values.ok) return;
    const request = {
      definition: pipeline,
      ...(branch !== '' && { branch }),
      parameters: givenParameters(fields, written),
      variables: values.values,
      stagesToSkip: [...skipped],
    };
    queue.mutate(request, { onSuccess: ({ id }) => go(`runs/${id}`) });
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Newest form={form} />
      <Problems form={form} />
      {fields.map((field) => (
        <ParameterField
          key={field.name}
          field={field}
          value={written[field.name] ?? field.value}
          set={(value) => setWritten((known) => ({ ...known, [field.name]: value }))}
        />
      ))}
      <StagePicker stages={form.stages} skipped={skipped} change={setSkipped} />
      <VariableField
        form={form}
        text={variables}
        set={setVariables}
        wrong={values.ok ? undefined : values.line}
      />
      {queue.error !== null && <Trouble error={queue.error} />}
      <div className="dialog-actions">
        <Link to={`pipelines/${pipeline}`} className="button">
          Leave it
        </Link>
        <button type="submit" className="button button-main" disabled={queue.isPending}>
          <Icon name="play" /> Queue the run
        </button>
      </div>
    </form>
  );
}

function Newest({ form }: { readonly form: QueueFormView }): ReactElement {
  return (
    <p className="facts">
      <span className="fact">
        <Icon name="commit" />
        <code>{form.commit.slice(0, 8)}</code>
      </span>
      the newest commit of <bdi>{branchName(form.branch)}</bdi>
    </p>
  );
}

function Problems({ form }: { readonly form: QueueFormView }): ReactElement | null {
  if (form.problems.length === 0) return null;
  return (
    <div className="trouble" role="alert">
      <Icon name="failed" tone="bad" />
      <div>
        <p className="trouble-title">The pipeline file is not right, so a run of it would be refused</p>
        <ul>
          {form.problems.map(({ file, line, column, message, help }) => (
            <li key={`${file}/${line}/${column}/${message}`}>
              <code>
                {file}:{line}:{column}
              </code>{' '}
              {message} {help}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}

function VariableField(props: {
  readonly form: QueueFormView;
  readonly text: string;
  readonly set: (text: string) => void;
  readonly wrong: string | undefined;
}): ReactElement {
  const { form, text, set, wrong } = props;
  const known = form.variables.filter(({ secret }) => !secret);
  return (
    <details className="queue-more" open={known.length > 0}>
      <summary>Variables</summary>
      <label>
        <span>
          One to a line, <code>name=value</code>
        </span>
        <textarea
          rows={Math.max(3, known.length + 1)}
          value={text}
          placeholder={known.map(({ name, value }) => `${name}=${value ?? ''}`).join('\n')}
          onChange={(event) => set(event.target.value)}
          aria-invalid={wrong !== undefined}
          spellCheck={false}
        />
      </label>
      {wrong !== undefined && (
        <p className="form-error" role="alert">
          “{wrong}” has no name before “=”.
        </p>
      )}
    </details>
  );
}
