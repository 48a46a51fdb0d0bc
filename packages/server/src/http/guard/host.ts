import type { FastifyRequest } from 'fastify';
import { Problem } from '../problem.ts';

/** Names under which a server on loopback may be called. */
export const LOOPBACK_HOSTS: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Refuses another site's name. A page of that site whose name was made to point at this machine would otherwise speak
 * to this server with the site's own origin (DNS rebinding).
 */
export function checkHost(request: FastifyRequest, hosts: readonly string[] | undefined): void {
  if (hosts === undefined) return;
  const name = (request.headers.host ?? '').toLowerCase().replace(/:\d+$/, '');
  if (hosts.includes(name)) return;
  throw new Problem(421, 'HostNotServedException', 'This server does not answer to that host name.');
}
