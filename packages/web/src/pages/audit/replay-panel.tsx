import type { ReactElement } from 'react';
import { Icon } from '../../components/icon/icon.tsx';
import { Panel } from '../../components/manage/panel.tsx';
import { Refused } from '../../components/manage/refused.tsx';
import { useReplay } from '../../data/audit.ts';
import { replayWords } from '../../view-models/manage/audit.ts';

/** Decides everything again when it is asked to, and says what came of it. */
export function ReplayPanel(): ReactElement {
  const replay = useReplay();
  const words = replay.data && replayWords(replay.data);
  return (
    <Panel
      title="Does it come out again?"
      note="Every message of the journal is decided again; a line that was changed, or that this version decides otherwise, is named."
      acts={
        <button type="button" className="button" disabled={replay.isPending} onClick={() => replay.mutate()}>
          {replay.isPending ? 'Deciding …' : 'Decide it again'}
        </button>
      }
    >
      <Refused error={replay.error} />
      <div role="status">
        {words !== undefined && (
          <p className="replay">
            <Icon name={words.same ? 'succeeded' : 'failed'} tone={words.same ? 'good' : 'bad'} />{' '}
            <strong>{words.title}.</strong> {words.text}
          </p>
        )}
      </div>
    </Panel>
  );
}
