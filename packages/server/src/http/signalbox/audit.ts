import type {
  AuditEntryView,
  AuditFact,
  AuditOrder,
  Collection,
  EnumTable,
  ReplayView,
} from '@signalbox/api';
import { createReplay, type Difference } from '@signalbox/engine';
import type { JournalEntry, JournalPart, ProjectRow, Store } from '@signalbox/store';
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

const ORDER: EnumTable<AuditOrder> = { versionAscending: 0, versionDescending: 1 };

type LockEntry = Extract<JournalEntry, { readonly address: { readonly kind: 'interlocking' } }>;

async function listAudit(ask: Ask): Promise<Collection<AuditEntryView>> {
  const project = await ask.project();
  const limit = ask.query.top();
  const found = await entries(ask.app.store, project, { ...partOf(ask), limit: limit + 1 });
  const page = found.slice(0, limit);
  const last = page.at(-1);
  if (found.length > limit && last !== undefined)
    void ask.reply.header('x-ms-continuationtoken', String(last.version));
  return collection(page.map(entryView));
}

/** Behind the line of the token: above it, or below it where the newest come first. */
function partOf({ query }: Ask): JournalPart {
  const token = query.continuation();
  if (token !== undefined && !/^\d{1,15}$/.test(token))
    throw badRequest('The continuation token is not valid.');
  const from = token === undefined ? undefined : Number(token);
  if (query.word('queryOrder', ORDER) !== 'versionDescending') return { after: from ?? 0 };
  return { newestFirst: true, ...(from !== undefined && { before: from }) };
}

async function entries(store: Store, { id }: ProjectRow, page: JournalPart): Promise<readonly LockEntry[]> {
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
