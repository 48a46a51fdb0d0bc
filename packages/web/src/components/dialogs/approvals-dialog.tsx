import type { RunView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useApprovalDetails, useDecide } from '../../data/approvals.ts';
import { useNow } from '../../data/clock.ts';
import { useSession } from '../../data/context.tsx';
import type { ApprovalCard } from '../../view-models/approval.ts';
import { approvalCard, mine, openApprovals } from '../../view-models/approval.ts';
import type { ApprovalDraft } from '../../view-models/decision.ts';
import { handOver, NO_DRAFT, update } from '../../view-models/decision.ts';
import { counted } from '../../view-models/names.ts';
import { Trouble } from '../feedback/notice.tsx';
import { Approval } from './approval.tsx';
import { Dialog } from './dialog.tsx';
import type { HandOver } from '../../view-models/decision.ts';

type Drafts = Readonly<Record<string, ApprovalDraft>>;

/** Every approval that a run asks for: what for, of whom, and for those who may, the decision. */
export function ApprovalsDialog(props: { readonly run: RunView; readonly close: () => void }): ReactElement {
  const { run, close } = props;
  const { cards, error } = useCards(run);
  const decide = useDecide(run.id);
  const [drafts, setDrafts] = useState<Drafts>({});
  const [said, setSaid] = useState('');
  const send = (ids: readonly string[], status: 'approved' | 'rejected'): void => {
    const chosen = cards.filter((card) => ids.includes(card.id));
    const text = chosen.map((card) => `${capital(status)}: ${card.title}.`).join(' ');
    decide.mutate(
      ids.map((id) => update(id, status, drafts[id])),
      { onSuccess: () => setSaid(text) },
    );
  };
  const handOn = (card: ApprovalCard, over: HandOver): void =>
    decide.mutate([handOver(card.id, over, drafts[card.id])], {
      onSuccess: () => setSaid(`Handed on to ${over.to}: ${card.title}.`),
    });
  const own = mine(cards);
  return (
    <Dialog title={`Approvals of run ${run.number}`} kind="small" close={close}>
      <p>
        <bdi>{run.definition.name}</bdi>, queued for <bdi>{run.requestedFor}</bdi>.
      </p>
      <Said text={said} />
      {error !== null && <Trouble error={error} />}
      {decide.error !== null && <Trouble error={decide.error} />}
      {cards.length === 0 && <p>Nothing of this run waits for approval any more.</p>}
      {cards.map((card) => (
        <Approval
          key={card.id}
          card={card}
          busy={decide.isPending}
          draft={drafts[card.id] ?? NO_DRAFT}
          setDraft={(draft) => setDrafts((known) => ({ ...known, [card.id]: draft }))}
          decide={(status) => send([card.id], status)}
          handOn={(over) => handOn(card, over)}
        />
      ))}
      <div className="dialog-actions">
        <button type="button" className="button" onClick={close}>
          Close
        </button>
        {own.length > 1 && (
          <button
            type="button"
            className="button button-main"
            disabled={decide.isPending}
            onClick={() => send(own, 'approved')}
          >
            Approve all {own.length} of mine
          </button>
        )}
      </div>
      <p className="hidden" role="status">
        {counted(cards.length, 'approval')} open
      </p>
    </Dialog>
  );
}

/** What was decided; it takes the keyboard, because the button that was pressed is gone. */
function Said(props: { readonly text: string }): ReactElement | null {
  const place = useRef<HTMLParagraphElement>(null);
  useEffect(() => place.current?.focus(), [props.text]);
  if (props.text === '') return null;
  return (
    <p ref={place} className="said" tabIndex={-1}>
      {props.text}
    </p>
  );
}

function useCards(run: RunView): { readonly cards: readonly ApprovalCard[]; readonly error: Error | null } {
  const { me } = useSession();
  const now = useNow();
  const open = openApprovals(run);
  const { byId, error } = useApprovalDetails(open.map((one) => one.open));
  const cards = open.map((one) => approvalCard(one.stage, one.open, byId.get(one.open.id), { me, now }));
  return { cards, error };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
