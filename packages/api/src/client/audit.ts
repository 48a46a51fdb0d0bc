import { ROUTES } from '../routes/table.ts';
import type { AuditEntryView, ReplayView } from '../wire/audit.ts';
import type { Paged } from '../wire/common.ts';
import type { Transport } from './transport.ts';

/** Which lines of the journal. */
export interface AuditPage {
  /** Only lines above this one, oldest first. */
  readonly after?: number;
  /** Only lines below this one, newest first; `Infinity`: from the newest on. */
  readonly before?: number;
  readonly top?: number;
}

/** What the locks of a project decided, and whether it comes out again. */
export interface AuditClient {
  /** The journal of the locks; `next` of a page is where the following one begins. */
  listAudit(project: string, page?: AuditPage): Promise<Paged<AuditEntryView>>;
  /** Decides everything again and says where the first difference is. */
  replayAudit(project: string): Promise<ReplayView>;
}

/** The calls of `AuditClient`. */
export function auditClient(transport: Transport): AuditClient {
  return {
    listAudit: (project, { after, before, top } = {}) => {
      const from = before ?? after ?? Infinity;
      return transport.page(ROUTES.listAudit, {
        path: { project },
        query: {
          continuationToken: Number.isFinite(from) ? String(from) : undefined,
          queryOrder: before === undefined ? undefined : 'versionDescending',
          $top: top,
        },
      });
    },
    replayAudit: (project) => transport.json(ROUTES.replayAudit, { path: { project } }),
  };
}
