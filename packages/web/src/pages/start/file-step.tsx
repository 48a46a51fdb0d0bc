import type { PipelineFileView, RepositoryLook } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { Command } from '../../components/feedback/notice.tsx';
import { Refused } from '../../components/manage/refused.tsx';
import { usePreview } from '../../data/start.ts';
import { fullAddress } from '../../view-models/start/draft.ts';
import { branchName } from '../../view-models/names.ts';
import type { StepProps } from './step-props.ts';
import { StepTitle } from './step-list.tsx';
import { TextField } from './text-field.tsx';

/** Which file of the repository is the pipeline. */
export function FileStep({ start, keep, show }: StepProps): ReactElement {
  const { draft, look } = start;
  const preview = usePreview();
  const choose = (path: string): void => keep({ draft: { ...draft, path } });
  const next = (): void => {
    const file = { url: fullAddress(draft), branch: draft.branch.trim(), path: draft.path.trim() };
    preview.mutate(file, {
      onSuccess: (found) => {
        keep({ preview: found });
        show('graph');
      },
    });
  };
  return (
    <form
      className="form panel"
      onSubmit={(event) => {
        event.preventDefault();
        next();
      }}
    >
      <StepTitle>Which file is the pipeline?</StepTitle>
      {look !== undefined && <Found look={look} />}
      {look !== undefined && look.files.length > 0 && (
        <Files look={look} chosen={draft.path} choose={choose} />
      )}
      <TextField
        label="Path of the file"
        required
        longest={1024}
        value={draft.path}
        set={choose}
        placeholder="azure-pipelines.yml"
      />
      <Refused error={preview.error} />
      <div className="dialog-actions">
        <button type="button" className="button" onClick={() => show('repository')}>
          Back
        </button>
        <button type="submit" className="button button-main" disabled={preview.isPending}>
          {preview.isPending ? 'Reading …' : 'See what it does'}
        </button>
      </div>
    </form>
  );
}

function Found({ look }: { readonly look: RepositoryLook }): ReactElement {
  const { branch, commit, commitMessage, fileCount, files } = look;
  const more = fileCount > files.length ? `, of which the first ${files.length} are shown` : '';
  return (
    <>
      <p className="hint">
        At <bdi>{branchName(branch)}</bdi>, <code>{commit.slice(0, 8)}</code>{' '}
        <bdi>{commitMessage.split('\n')[0]}</bdi>:{' '}
        {fileCount === 1 ? 'one YAML file' : `${fileCount} YAML files`}
        {more}.
      </p>
      {fileCount === 0 && (
        <div className="start-none">
          <p>The branch has no YAML file yet. Write one, commit it, go back and look again. For example:</p>
          <Command>{FIRST_FILE}</Command>
        </div>
      )}
    </>
  );
}

const FIRST_FILE = `# azure-pipelines.yml
stages:
  - stage: Build
    jobs:
      - job: Compile
        steps:
          - script: echo build
  - stage: Deploy
    jobs:
      - deployment: Roll
        environment: production
        strategy:
          runOnce:
            deploy:
              steps:
                - script: echo deploy`;

function Files(props: {
  readonly look: RepositoryLook;
  readonly chosen: string;
  readonly choose: (path: string) => void;
}): ReactElement {
  const { look, chosen, choose } = props;
  const likely = look.files.filter((file) => file.likely);
  const others = look.files.filter((file) => !file.likely);
  const [open, setOpen] = useState(likely.length === 0);
  return (
    <>
      {likely.length > 0 && (
        <Choices title="These look like pipelines" files={likely} chosen={chosen} choose={choose} />
      )}
      {others.length > 0 && (
        <details
          className="start-more"
          open={open}
          onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
        >
          <summary>Other YAML files ({others.length})</summary>
          <Choices title="Other files" files={others} chosen={chosen} choose={choose} />
        </details>
      )}
    </>
  );
}

function Choices(props: {
  readonly title: string;
  readonly files: readonly PipelineFileView[];
  readonly chosen: string;
  readonly choose: (path: string) => void;
}): ReactElement {
  const { title, files, chosen, choose } = props;
  return (
    <fieldset className="queue-stages">
      <legend>{title}</legend>
      {files.map(({ path }) => (
        <label key={path} className="tick">
          <input type="radio" name="file" checked={chosen === path} onChange={() => choose(path)} />
          <bdi className="start-path">{path}</bdi>
        </label>
      ))}
    </fieldset>
  );
}
