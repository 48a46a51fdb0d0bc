import type { ReactElement } from 'react';
import { Refused } from '../../components/manage/refused.tsx';
import { useLook } from '../../data/start.ts';
import type { StartDraft } from '../../view-models/start/draft.ts';
import { fullAddress, takesToken } from '../../view-models/start/draft.ts';
import type { StepProps } from './step-props.ts';
import { StepTitle } from './step-list.tsx';
import { TextField } from './text-field.tsx';

/** Which repository: a folder on the machine of the server, or an address, with a token where it is private. */
export function RepositoryStep({ start, keep, show }: StepProps): ReactElement {
  const { draft } = start;
  const look = useLook();
  const set = (part: Partial<StartDraft>): void => keep({ draft: { ...draft, ...part } });
  const next = (): void => {
    const place = { url: fullAddress(draft), branch: draft.branch.trim() };
    look.mutate(place, {
      onSuccess: (found) => {
        const path = found.files.find(({ likely }) => likely)?.path ?? '';
        keep({ look: found, draft: { ...draft, path } });
        show('file');
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
      <StepTitle>Where is your repository?</StepTitle>
      <TextField
        label="Repository"
        required
        longest={2048}
        value={draft.url}
        set={(url) => set({ url })}
        placeholder="/home/me/src/shop, or https://example.com/shop.git"
        hint="A git URL, or the full path of a folder with a git repository on the machine of the server."
      />
      <Access draft={draft} set={set} />
      <TextField
        label="Branch"
        longest={512}
        value={draft.branch}
        set={(branch) => set({ branch })}
        placeholder="the default branch"
      />
      <Refused error={look.error} />
      <div className="dialog-actions">
        <button type="submit" className="button button-main" disabled={look.isPending}>
          {look.isPending ? 'Looking …' : 'Find its pipelines'}
        </button>
      </div>
    </form>
  );
}

/** What opens a private repository. */
function Access(props: {
  readonly draft: StartDraft;
  readonly set: (part: Partial<StartDraft>) => void;
}): ReactElement | null {
  const { draft, set } = props;
  if (!takesToken(draft.url)) return null;
  return (
    <details className="start-more" open={draft.token !== ''}>
      <summary>It is private</summary>
      <div className="start-access">
        <TextField
          label="User name"
          longest={256}
          value={draft.user}
          set={(user) => set({ user })}
          placeholder="token"
        />
        <label>
          Token
          <input
            type="password"
            maxLength={512}
            value={draft.token}
            onChange={({ target }) => set({ token: target.value })}
            autoComplete="off"
          />
        </label>
      </div>
      <p className="hint">
        A token that may read the repository, made at its host. It is kept with the pipeline, and never shown
        again.
      </p>
    </details>
  );
}
