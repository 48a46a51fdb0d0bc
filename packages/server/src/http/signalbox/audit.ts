import type { AuditEntryView, AuditFact, Collection, ReplayView } from '@signalbox/api';
import { createReplay, type Difference } from '@signalbox/engine';
import type { JournalEntry, ProjectRow, Store } from '@signalbox/store';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest } from '../problem.ts';
import { collection, wireTime } from '../shape/common.ts';

/** The journal of a project's locks, and the proof that it comes out again: our own routes. */
export const auditHandlers: Handlers<'listAudit' | 'replayAudit'> = {
  listAudit: async (ask) => listAudit(ask),
  async replayAudit(ask) {
    return replay(ask.app.store, await ask.project());
  },
};

/** Entries of the journal that one step of a replay reads: between steps others get their turn. */
const STEP = 500;

type LockEntry = Extract<JournalEntry, { readonly address: { readonly kind: 'interlocking' } }>;

async function listAudit(ask: Ask): Promise<Collection<AuditEntryView>> {
  const project = await ask.project();
  const limit = ask.query.top();
  const found = await entries(ask.app.store, project, { after: afterOf(ask), limit: limit + 1 });
  const page = found.slice(0, limit);
  const last = page.at(-1);
  if (found.length > limit && last !== undefined)
    void ask.reply.header('x-ms-continuationtoken', String(last.version));
  return collection(page.map(entryView));
}

function afterOf(ask: Ask): number {
  const token = ask.query.continuation() ?? '0';
  if (!/^\d{1,15}$/.test(token)) throw badRequest('The continuation token is not valid.');
  return Number(token);
}

async function entries(
  store: Store,
  { id }: ProjectRow,
  page: { readonly after: number; readonly limit: number },
): Promise<readonly LockEntry[]> {
  const found = await store.journal.read({ kind: 'interlocking', id }, page);
  return found.filter((entry) => entry.address.kind === 'interlocking') as readonly LockEntry[];
}

function entryView({ version, at, event, cause }: LockEntry): AuditEntryView {
  return { version, at: wireTime(at), event, ...(cause !== undefined && { cause }) };
}

async function replay(store: Store, project: ProjectRow): Promise<ReplayView> {
  const audit = createReplay(project.id);
  for (let after = 0, difference: Difference | undefined; difference === undefined;) {
    const page = await entries(store, project, { after, limit: STEP });
    for (const line of page) difference ??= audit.read(line);
    after = page.at(-1)?.version ?? after;
    if (page.length < STEP) break;
  }
  const difference = audit.end();
  return { ...audit.count(), ...(difference !== undefined && { difference: differenceView(difference) }) };
}

function differenceView({
  at,
  recorded,
  recomputed,
  ...rest
}: Difference): NonNullable<ReplayView['difference']> {
  return {
    ...rest,
    at: wireTime(at),
    ...(recorded !== undefined && { recorded: recorded satisfies AuditFact }),
    ...(recomputed !== undefined && { recomputed: recomputed satisfies AuditFact }),
  };
}
