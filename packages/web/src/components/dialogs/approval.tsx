import type { ReactElement, ReactNode } from 'react';
import { useId } from 'react';
import type { ApprovalCard } from '../../view-models/approval.ts';
import type { ApprovalDraft, HandOver } from '../../view-models/decision.ts';
import { When } from '../feedback/when.tsx';
import { Icon } from '../icon/icon.tsx';
import { TimeField } from './check-dialog.tsx';
import { HandOn } from './hand-on.tsx';
import { Instructions } from './instructions.tsx';

interface Props {
  readonly card: ApprovalCard;
  /** The id of what names it, too, where its title alone is not the only one. */
  readonly alsoNamedBy?: string;
  /** A decision is on its way. */
  readonly busy: boolean;
  readonly draft: ApprovalDraft;
  readonly setDraft: (draft: ApprovalDraft) => void;
  readonly decide: (status: 'approved' | 'rejected') => void;
  readonly handOn: (over: HandOver) => void;
}

/** The longest comment that the server takes. */
const LONGEST = 2000;

/** One approval: who is awaited, what its author wrote, what was said so far, and the decision. */
export function Approval(props: Props & { readonly children?: ReactNode }): ReactElement {
  const { card } = props;
  const title = useId();
  return (
    <section className="approval" aria-labelledby={`${title} ${props.alsoNamedBy ?? ''}`.trim()}>
      <h3 id={title}>
        <Icon name="approval" tone="warn" /> <bdi>{card.title}</bdi>
      </h3>
      <p>
        {card.waits}{' '}
        <span className="approval-since">
          Asked <When at={card.since} />.
        </span>
      </p>
      {card.instructions !== '' && <Instructions text={card.instructions} />}
      {card.history.length > 0 && (
        <ul className="approval-history">
          {card.history.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {props.children}
      <Decision {...props} title={title} />
      {card.handsOn.length > 0 && (
        <HandOn places={card.handsOn} busy={props.busy} title={title} handOn={props.handOn} />
      )}
    </section>
  );
}

function Decision(props: Props & { readonly title: string }): ReactElement {
  const { card, busy, draft, setDraft, decide, title } = props;
  const comments = useId();
  if (card.say === undefined) return <p className="approval-why">Asks whether you may decide …</p>;
  if (!card.say.may) return <p className="approval-why">{card.say.why}</p>;
  return (
    <div className="form">
      <label htmlFor={comments}>
        Comment, if you like
        <textarea
          id={comments}
          rows={2}
          maxLength={LONGEST}
          value={draft.comment}
          onChange={(event) => setDraft({ ...draft, comment: event.target.value })}
        />
      </label>
      <TimeField
        label="Approve not before, if it is to count later"
        value={draft.notBefore}
        change={(notBefore) => setDraft({ ...draft, notBefore })}
      />
      <div className="dialog-actions">
        <button
          type="button"
          className="button button-danger"
          aria-describedby={title}
          disabled={busy}
          onClick={() => decide('rejected')}
        >
          Reject
        </button>
        <button
          type="button"
          className="button button-main"
          aria-describedby={title}
          disabled={busy}
          onClick={() => decide('approved')}
        >
          Approve
        </button>
      </div>
    </div>
  );
}
