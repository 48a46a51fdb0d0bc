import type { ProjectId } from '@signalbox/model';
import type { CallerDesk } from '../../callers/desk.ts';
import type { OutboundRequest, OutboundResult } from '../../outbound/outbound.ts';
import type { AzureCheck } from './check.ts';

/** A call below the project of a check. */
export interface AzureCall {
  readonly method: 'GET' | 'POST';
  /** Behind the project, as in `_apis/build/builds/12`. */
  readonly path: string;
  readonly body?: unknown;
}

/** Several calls must fit into the time for which an effect is left to its taker. */
const CALL_MS = 7000;
const TOKEN_MS = 48 * 60 * 60 * 1000;

/**
 * Calls Azure DevOps with the token of the check and, when that has ended or is refused, with the personal access
 * token of the gate (HOOK-8).
 */
export async function callAzure(
  desk: CallerDesk,
  project: ProjectId,
  { check, call }: { readonly check: AzureCheck; readonly call: AzureCall },
): Promise<OutboundResult> {
  const pat = (await desk.gates.find(project, check.gate))?.pat ?? '';
  const own = `Bearer ${check.authToken}`;
  const stored = `Basic ${Buffer.from(`:${pat}`).toString('base64')}`;
  const hasEnded = desk.clock() - check.askedAt >= TOKEN_MS;
  if (hasEnded && pat !== '') return desk.outbound.send(requestOf(check, call, stored));
  const result = await desk.outbound.send(requestOf(check, call, own));
  if (pat === '' || !isRefused(result)) return result;
  return desk.outbound.send(requestOf(check, call, stored));
}

/** 203 with a page and 302 lead to the sign-in of people: the token is not good (REST.md §2.2). */
export function isRefused(result: OutboundResult): boolean {
  if (result.kind === 'failed') return result.code === 'redirect-refused';
  return [203, 302, 401, 403].includes(result.status);
}

function requestOf(
  { planUrl, projectId }: AzureCheck,
  { method, path, body }: AzureCall,
  authorization: string,
): OutboundRequest {
  return {
    method,
    timeoutMs: CALL_MS,
    url: `${planUrl}${projectId}/${path}`,
    headers: {
      authorization,
      accept: 'application/json',
      // Else a token that is no good is answered with a page.
      'x-tfs-fedauthredirect': 'Suppress',
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
}
