import type { WireChange } from '@signalbox/api';
import type { ReactElement } from 'react';
import { Empty, Skeleton, Trouble } from '../../components/feedback/notice.tsx';
import { When } from '../../components/feedback/when.tsx';
import { Icon } from '../../components/icon/icon.tsx';
import { useNow } from '../../data/clock.ts';
import { useChanges } from '../../data/run.ts';
import { firstLine, shortCommit } from '../../view-models/names.ts';
import { ago, moment } from '../../view-models/time.ts';

/** The commits that a run has and the one before on its branch had not. */
export function RunChanges(props: { readonly run: number }): ReactElement {
  const changes = useChanges(props.run);
  if (changes.error !== null) return <Trouble error={changes.error} again={() => void changes.refetch()} />;
  if (changes.data === undefined) return <Skeleton what="the changes" rows={4} />;
  if (changes.data.length === 0) {
    return (
      <Empty title="Nothing new">
        <p>The run before had the same commit, or the commits are not in the repository any more.</p>
      </Empty>
    );
  }
  return (
    <ul className="lines">
      {changes.data.map((change) => (
        <Change key={change.id} change={change} />
      ))}
    </ul>
  );
}

function Change({ change }: { readonly change: WireChange }): ReactElement {
  const now = useNow();
  return (
    <li className="line">
      <span className="line-mark">
        <Icon name="commit" />
      </span>
      <div className="line-what">
        <p className="line-title">
          <bdi>{firstLine(change.message)}</bdi>
        </p>
        <p className="facts">
          <code title={change.id}>{shortCommit(change.id)}</code>
          <span className="fact">
            <Icon name="person" />
            <bdi>{change.author.displayName}</bdi>
          </span>
        </p>
      </div>
      <p className="line-times">
        <When at={moment(ago(change.timestamp, now), change.timestamp)} />
      </p>
    </li>
  );
}
