import type { JobLease } from '../auth/principal.ts';
import type { Sealer } from '../auth/sealer.ts';

/** What a ticket opens, and for whom: one file, for one job under one lease. */
export interface SecureFileTicket extends JobLease {
  readonly file: string;
}

/** A text that only this server can have written; good as long as the job has its lease. */
export function secureFileTicket(sealer: Sealer, ticket: SecureFileTicket): string {
  return sealer.seal(ticketText(ticket));
}

/** True when it is the ticket for this file and this job. */
export function ticketOpens(sealer: Sealer, text: string, wanted: SecureFileTicket): boolean {
  return sealer.open(text) === ticketText(wanted) && text !== ticketText(wanted);
}

function ticketText({ file, pool, request, lease }: SecureFileTicket): string {
  return JSON.stringify(['secure file', file.toLowerCase(), pool, request, lease]);
}
