import type { Permission } from '@signalbox/api';
import { fold } from '@signalbox/model';
import type { FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import { authenticate, hashIn } from '../../auth/authenticate.ts';
import { isPermitted, type Principal } from '../../auth/principal.ts';
import { SESSION_COOKIE } from '../../auth/sessions.ts';
import { forbidden, notFound, Problem } from '../problem.ts';
import { checkSameOrigin } from './same-origin.ts';

/** Finds out who calls; a wrong proof is 401, and after too many of them 429. */
export async function identify(app: App, request: FastifyRequest): Promise<Principal> {
  const now = app.clock();
  const { authorization } = request.headers;
  const hash = authorization === undefined ? undefined : hashIn(authorization);
  const wait = app.failedLogins.blockedFor(request.ip, now);
  if (wait !== undefined && authorization !== undefined && !app.failedLogins.isTrusted(hash ?? '')) {
    throw new Problem(
      429,
      'TooManyFailedSignInsException',
      `Too many wrong tokens. Try again in ${wait} seconds.`,
      {
        headers: { 'retry-after': String(wait) },
      },
    );
  }
  const cookie = request.cookies[SESSION_COOKIE];
  const found = await authenticate(app.store, { authorization, cookie }, now);
  if (found.ok) {
    if (hash !== undefined) app.failedLogins.trust(hash);
    return found.principal;
  }
  if (found.guess) app.failedLogins.failed(request.ip, now);
  throw unauthorized(app, found.reason);
}

/** Lets a known caller through to a route, or says 401 or 403. */
export function admit(
  app: App,
  request: FastifyRequest,
  { principal, permission }: { readonly principal: Principal; readonly permission: Permission },
): void {
  if (!isPermitted(principal, permission)) {
    if (principal.role === 'anonymous') throw unauthorized(app, 'A token is needed.');
    throw forbidden(`The role "${principal.role}" may not do this; it needs the permission "${permission}".`);
  }
  if ('session' in principal && principal.session) checkSameOrigin(request);
  checkOrganization(app, request);
}

function checkOrganization(app: App, request: FastifyRequest): void {
  const named = Object.entries(request.params ?? {}).find(([name]) => name === 'organization')?.[1];
  if (named === undefined || fold(String(named)) === fold(app.organization)) return;
  throw notFound('Organization', `The organization ${String(named).slice(0, 100)}`);
}

/** 401 as every client understands it: never a redirect, never HTML (REST.md §2.3). */
export function unauthorized(app: App, reason: string): Problem {
  return new Problem(401, 'UnauthorizedRequestException', `TF400813: You are not signed in. ${reason}`, {
    headers: { 'www-authenticate': `Basic realm="${app.baseUrl()}", Bearer` },
  });
}
