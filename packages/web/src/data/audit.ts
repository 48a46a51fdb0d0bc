import type { AuditEntryView, Paged, ReplayView } from '@signalbox/api';
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query';
import { useAsked, useChange } from './ask.ts';

const NAME = 'audit';

/** Lines of the journal that a page shows. */
const AUDIT_LINES = 200;

/** The newest lines of the journal of the locks below a line, newest first. */
export function useAudit(before: number): UseQueryResult<Paged<AuditEntryView>> {
  return useAsked({
    name: NAME,
    of: [before],
    read: ({ client, project }) => client.listAudit(project, { before, top: AUDIT_LINES }),
  });
}

/** Decides everything again. */
export function useReplay(): UseMutationResult<ReplayView, Error, void> {
  return useChange(NAME, ({ client, project }) => client.replayAudit(project));
}
