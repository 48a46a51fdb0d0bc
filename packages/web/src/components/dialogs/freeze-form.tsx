import type { LockView, NewFreeze } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useState } from 'react';
import { serverNow } from '../../data/clock.ts';
import { useSession } from '../../data/context.tsx';
import { useOperateLock } from '../../data/operate.ts';
import type { FreezeFields } from '../../view-models/freeze.ts';
import { FREEZE_ENDS, newFreeze } from '../../view-models/freeze.ts';
import { lockAct } from '../../view-models/lock-acts.ts';
import { freezeQuestion } from '../../view-models/lock/questions.ts';
import { Trouble } from '../feedback/notice.tsx';
import { Preview } from '../lock-page/preview.tsx';
import { ReasonField } from './reason-field.tsx';

type Terms = Omit<FreezeFields, 'reason'>;

interface Props {
  readonly lock: LockView;
  readonly close: () => void;
}

/** Freezes a lock, with an end and branches that pass, or ends its freeze. */
export function FreezeForm(props: Props): ReactElement {
  const { lock, close } = props;
  const { me } = useSession();
  const [reason, setReason] = useState('');
  const [terms, setTerms] = useState<Terms>({ hours: '', exempt: '' });
  // The end of a freeze is counted from one instant, so that the question stays the same while it is read.
  const [asked] = useState(serverNow);
  const operate = useOperateLock(lock.id);
  const choice = lockAct(lock, me.permissions);
  if (choice === undefined) return <p>Your role, {me.role}, may not freeze locks.</p>;
  const freeze = (): NewFreeze => newFreeze({ reason, ...terms }, serverNow());
  const submit = (): void => {
    const order =
      choice.act === 'freeze'
        ? ({ act: 'freeze', freeze: freeze() } as const)
        : ({ act: 'unfreeze', reason: reason.trim() } as const);
    operate.mutate(order, { onSuccess: close });
  };
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p>{choice.explains}</p>
      {choice.act === 'freeze' && <FreezeTerms terms={terms} change={setTerms} />}
      <Preview lock={lock} question={freezeQuestion(choice.act, terms, asked)} />
      <ReasonField value={reason} change={setReason} />
      {operate.error !== null && <Trouble error={operate.error} />}
      <div className="dialog-actions">
        <button type="button" className="button" onClick={close}>
          Close
        </button>
        <button type="submit" className="button button-main" disabled={operate.isPending}>
          {choice.label}
        </button>
      </div>
    </form>
  );
}

function FreezeTerms(props: {
  readonly terms: Terms;
  readonly change: (terms: Terms) => void;
}): ReactElement {
  const { terms, change } = props;
  return (
    <>
      <label>
        Until
        <select value={terms.hours} onChange={({ target }) => change({ ...terms, hours: target.value })}>
          {FREEZE_ENDS.map((end) => (
            <option key={end.hours} value={end.hours}>
              {end.label}
            </option>
          ))}
        </select>
      </label>
      <label>
        Branches that pass, with spaces between them
        <input
          value={terms.exempt}
          placeholder="hotfix/*"
          onChange={({ target }) => change({ ...terms, exempt: target.value })}
          autoComplete="off"
          spellCheck={false}
        />
      </label>
    </>
  );
}
