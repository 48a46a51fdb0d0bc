import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../../app.ts';
import type { Principal } from '../../auth/principal.ts';
import { Problem } from '../problem.ts';
import type { RateKind, RateLimit, Taken } from './rate-limits.ts';

/**
 * Counts a request to its caller and writes what clients read (REST.md §2.1): the `X-RateLimit` headers once less than
 * half is left, as the service sends them only near its bounds. Too many are 429 with `Retry-After`.
 */
export function limitRate(
  app: Pick<App, 'rates' | 'rateLimits' | 'clock' | 'metrics'>,
  request: Pick<FastifyRequest, 'ip' | 'routeOptions'>,
  { reply, principal }: { readonly reply: FastifyReply; readonly principal: Principal },
): void {
  const kind = kindOf(principal, request.routeOptions.config.stream === true);
  const limit = app.rates[kind];
  const taken = app.rateLimits.take(keyOf(kind, principal, request.ip), limit, app.clock());
  if (taken.allowed) {
    if (taken.remaining * 2 < limit.burst) void reply.headers(headersOf(kind, limit, taken));
    return;
  }
  app.metrics.limited.inc({ kind });
  throw tooMany(kind, limit, taken);
}

function kindOf(principal: Principal, stream: boolean): RateKind {
  if (principal.role === 'anonymous' || principal.role === 'agent') return principal.role;
  return stream ? 'feed' : 'caller';
}

function keyOf(kind: RateKind, principal: Principal, address: string): string {
  if (principal.role === 'anonymous') return `${kind} ${address}`;
  return kind === 'agent' ? `${kind} ${principal.token} ${address}` : `${kind} ${principal.token}`;
}

function headersOf(kind: RateKind, limit: RateLimit, taken: Taken): Record<string, string> {
  return {
    'x-ratelimit-resource': `Signalbox/${kind}`,
    'x-ratelimit-limit': String(limit.burst),
    'x-ratelimit-remaining': String(taken.remaining),
    // Seconds since 1970, as the service counts them.
    'x-ratelimit-reset': String(Math.ceil(taken.fullAt / 1000)),
  };
}

function tooMany(kind: RateKind, limit: RateLimit, taken: Taken): Problem {
  const seconds = Math.max(1, Math.ceil(taken.retryMs / 1000));
  const message =
    `TF400733: The request has been canceled: it exceeds the usage of the resource 'Signalbox/${kind}'. ` +
    `Try again in ${seconds} s; ${limit.perSecond} requests are free in every second.`;
  return new Problem(429, 'RequestBlockedException', message, {
    headers: {
      ...headersOf(kind, limit, taken),
      'x-ratelimit-delay': (taken.retryMs / 1000).toFixed(3),
      'retry-after': String(seconds),
    },
  });
}
