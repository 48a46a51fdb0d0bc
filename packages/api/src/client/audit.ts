import { ROUTES } from '../routes/table.ts';
import type { AuditEntryView, ReplayView } from '../wire/audit.ts';
import type { Paged } from '../wire/common.ts';
import type { Transport } from './transport.ts';

/** What the locks of a project decided, and whether it comes out again. */
export interface AuditClient {
  /** The journal of the locks, oldest first; `after` is a version, or what the last page gave as `next`. */
  listAudit(
    project: string,
    page?: { readonly after?: number; readonly top?: number },
  ): Promise<Paged<AuditEntryView>>;
  /** Decides everything again and says where the first difference is. */
  replayAudit(project: string): Promise<ReplayView>;
}

/** The calls of `AuditClient`. */
export function auditClient(transport: Transport): AuditClient {
  return {
    listAudit: (project, { after, top } = {}) =>
      transport.page(ROUTES.listAudit, {
        path: { project },
        query: { continuationToken: after === undefined ? undefined : String(after), $top: top },
      }),
    replayAudit: (project) => transport.json(ROUTES.replayAudit, { path: { project } }),
  };
}
