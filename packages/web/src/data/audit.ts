import type { AuditEntryView, Paged, ReplayView } from '@signalbox/api';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { useAsked, useChange } from './ask.ts';

const NAME = 'audit';

/** Lines of the journal that a page shows. */
export const AUDIT_LINES = 200;

/** The journal of the locks behind a line, oldest first. */
export function useAudit(after: number): UseQueryResult<Paged<AuditEntryView>> {
  return useAsked({
    name: NAME,
    of: [after],
    read: ({ client, project }) => client.listAudit(project, { after, top: AUDIT_LINES }),
  });
}

/** Decides everything again. */
export function useReplay(): UseMutationResult<ReplayView, Error, void> {
  return useChange(NAME, ({ client, project }) => client.replayAudit(project));
}
