import type { LockView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useId } from 'react';
import { Link } from '../../app/navigation.tsx';
import { useVisible } from '../../data/visible.ts';
import type { InboxCard } from '../../view-models/approval.ts';
import type { ApprovalDraft, HandOver } from '../../view-models/decision.ts';
import { Approval } from '../dialogs/approval.tsx';
import { Preview } from '../lock-page/preview.tsx';

interface Props {
  readonly card: InboxCard;
  /** The lock of what is to be approved; absent: it has none, and nothing gives way. */
  readonly lock: LockView | undefined;
  readonly busy: boolean;
  readonly draft: ApprovalDraft;
  readonly setDraft: (draft: ApprovalDraft) => void;
  readonly decide: (status: 'approved' | 'rejected') => void;
  readonly handOn: (over: HandOver) => void;
  /** Whether it is chosen to be approved with others; absent: it cannot be. */
  readonly chosen?: { readonly is: boolean; readonly toggle: () => void } | undefined;
}

/** One approval of the inbox, with its run and with what would come of a yes. */
export function InboxItem(props: Props): ReactElement {
  const { card, lock, chosen, ...approval } = props;
  const [place, visible] = useVisible<HTMLLIElement>();
  const run = useId();
  const may = card.say?.may === true;
  const question = may && visible ? { approve: { runId: card.runId, stage: card.stage } } : undefined;
  return (
    <li ref={place} className="inbox-item" data-approval={card.id}>
      <p className="inbox-run">
        {chosen && (
          <label className="inbox-choose">
            <input type="checkbox" checked={chosen.is} onChange={chosen.toggle} />
            <span className="hidden">
              Choose {card.title}, {card.pipeline} {card.runNumber}
            </span>
          </label>
        )}
        <Link id={run} to={`runs/${card.runId}`} data-nav="">
          <bdi>{card.pipeline}</bdi> {card.runNumber}
        </Link>
      </p>
      <Approval card={card} alsoNamedBy={run} {...approval}>
        <Preview lock={lock} question={question} quiet />
      </Approval>
    </li>
  );
}
