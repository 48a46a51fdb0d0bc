import type { ApprovalUpdate } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useEffect, useRef, useState } from 'react';
import { useKeys } from '../../app/keys.ts';
import type { PageProps } from '../../app/page-props.ts';
import { Heading } from '../../components/chrome/heading.tsx';
import { NotFound } from '../../components/chrome/not-found.tsx';
import { Empty, Skeleton, Trouble } from '../../components/feedback/notice.tsx';
import { InboxItem } from '../../components/inbox/inbox-item.tsx';
import { useNow } from '../../data/clock.ts';
import { useSession } from '../../data/context.tsx';
import { useDecideInInbox, useInbox } from '../../data/inbox.ts';
import { useLocks } from '../../data/queries.ts';
import type { InboxCard } from '../../view-models/approval.ts';
import { inbox } from '../../view-models/approval.ts';
import type { ApprovalDraft } from '../../view-models/decision.ts';
import { handOver, NO_DRAFT, update } from '../../view-models/decision.ts';
import { counted } from '../../view-models/names.ts';
import './approvals.css';

type Drafts = Readonly<Record<string, ApprovalDraft>>;

/** Every open approval of the project: decide one, several at once, later, or hand it on. */
export function ApprovalsPage(props: PageProps): ReactElement {
  const { me } = useSession();
  const approvals = useInbox();
  const now = useNow();
  const [part] = props.rest;
  if (part !== undefined) return <NotFound what={`The page “${part}” of the approvals`} />;
  const cards = inbox(approvals.data ?? [], { me, now });
  return (
    <>
      <Heading title="Approvals" />
      {approvals.error !== null && <Trouble error={approvals.error} again={() => void approvals.refetch()} />}
      {approvals.data === undefined && approvals.error === null && <Skeleton what="the approvals" rows={3} />}
      {approvals.data !== undefined && <Inbox {...cards} />}
    </>
  );
}

function NothingWaits(): ReactElement {
  return (
    <Empty title="Nothing waits for approval">
      <p>
        An approval appears here when a stage uses an environment, a service connection or another resource
        that asks for one.
      </p>
    </Empty>
  );
}

function Inbox(props: {
  readonly mine: readonly InboxCard[];
  readonly others: readonly InboxCard[];
}): ReactElement {
  const { mine, others } = props;
  const locks = useLocks().data ?? [];
  const decide = useDecideInInbox();
  const [drafts, setDrafts] = useState<Drafts>({});
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const [said, setSaid] = useState('');
  const together = mine.filter(({ id }) => chosen.has(id));
  useKeys({ a: () => toApproveButton(), x: () => toggleFocused() });
  const send = (updates: readonly ApprovalUpdate[], words: string): void =>
    decide.mutate(updates, {
      onSuccess: () => {
        setSaid(words);
        choose(new Set());
      },
    });
  const draftOf = (id: string): ApprovalDraft => drafts[id] ?? NO_DRAFT;
  const item = (card: InboxCard): ReactElement => (
    <InboxItem
      key={card.id}
      card={card}
      lock={locks.find(({ resourceType, resourceId }) => isOf(card, resourceType, resourceId))}
      busy={decide.isPending}
      draft={draftOf(card.id)}
      setDraft={(draft) => setDrafts((known) => ({ ...known, [card.id]: draft }))}
      decide={(status) => send([update(card.id, status, draftOf(card.id))], wordsOf(status, [card]))}
      handOn={(over) =>
        send([handOver(card.id, over, draftOf(card.id))], wordsOf(`handed on to ${over.to}`, [card]))
      }
      chosen={choiceOf(card, mine.length, chosen, choose)}
    />
  );
  const approveTogether = (comment: string): void => {
    const of = (id: string): ApprovalDraft => ({ ...draftOf(id), ...(comment !== '' && { comment }) });
    send(
      together.map(({ id }) => update(id, 'approved', of(id))),
      wordsOf('approved', together),
    );
  };
  return (
    <>
      <Said text={said} />
      {decide.error !== null && <Trouble error={decide.error} />}
      {mine.length + others.length === 0 ? (
        <NothingWaits />
      ) : (
        <Group title="For you to decide" none="Nothing waits for you." cards={mine.map(item)} />
      )}
      {others.length > 0 && <Group title="For others" none="" cards={others.map(item)} />}
      {together.length > 0 && (
        <Together count={together.length} busy={decide.isPending} approve={approveTogether} />
      )}
    </>
  );
}

function Group(props: {
  readonly title: string;
  readonly none: string;
  readonly cards: readonly ReactElement[];
}): ReactElement {
  return (
    <section className="inbox" aria-label={props.title}>
      <h2>
        {props.title} <span className="count">{props.cards.length}</span>
      </h2>
      {props.cards.length === 0 ? (
        <p className="panel-note">{props.none}</p>
      ) : (
        <ul className="inbox-list">{props.cards}</ul>
      )}
    </section>
  );
}

/** Approves all that are chosen, with one comment for all of them. */
function Together(props: {
  readonly count: number;
  readonly busy: boolean;
  readonly approve: (comment: string) => void;
}): ReactElement {
  const [comment, setComment] = useState('');
  return (
    <form
      className="inbox-together"
      aria-label="Approve several"
      onSubmit={(event) => {
        event.preventDefault();
        props.approve(comment.trim());
      }}
    >
      <label>
        <span className="hidden">Comment for all of them, if you like</span>
        <input
          value={comment}
          maxLength={2000}
          placeholder="Comment for all of them, if you like"
          onChange={({ target }) => setComment(target.value)}
        />
      </label>
      <button type="submit" className="button button-main" disabled={props.busy}>
        Approve {counted(props.count, 'chosen one')}
      </button>
    </form>
  );
}

/** What was decided; it takes the keyboard, because the button that was pressed is gone. */
function Said(props: { readonly text: string }): ReactElement | null {
  const place = useRef<HTMLParagraphElement>(null);
  useEffect(() => place.current?.focus(), [props.text]);
  if (props.text === '') return null;
  return (
    <p ref={place} className="said" tabIndex={-1} role="status">
      {props.text}
    </p>
  );
}

/** The approval with the keyboard, or the first. A key alone never approves: it leads to the button, and Enter does. */
function focusedItem(): Element | null {
  return document.activeElement?.closest('[data-approval]') ?? document.querySelector('[data-approval]');
}

function toApproveButton(): void {
  focusedItem()?.querySelector<HTMLElement>('.button-main')?.focus();
}

function toggleFocused(): void {
  focusedItem()?.querySelector<HTMLElement>('input[type="checkbox"]')?.click();
}

function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set);
  if (!next.delete(id)) next.add(id);
  return next;
}

function isOf({ resource }: InboxCard, type: string, id: string): boolean {
  return resource.type === type && resource.id === id;
}

/** One that the viewer may decide can be chosen, where there is another one to decide with it. */
function choiceOf(
  { id, say }: InboxCard,
  mine: number,
  chosen: ReadonlySet<string>,
  choose: (chosen: ReadonlySet<string>) => void,
): { readonly is: boolean; readonly toggle: () => void } | undefined {
  if (say?.may !== true || mine < 2) return undefined;
  return { is: chosen.has(id), toggle: () => choose(toggled(chosen, id)) };
}

/** `Approved: Deploy on prod, shop-web 20261122.4.` */
function wordsOf(what: string, cards: readonly InboxCard[]): string {
  return `${capital(what)}: ${cards.map(nameOf).join('; ')}.`;
}

function nameOf({ pipeline, runNumber, title }: InboxCard): string {
  return `${title}, ${pipeline} ${runNumber}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
