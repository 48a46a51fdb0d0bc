import { CONTENT_TYPE } from '@signalbox/api';
import type { FastifyRequest } from 'fastify';
import { forbidden } from '../problem.ts';

const READING: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/**
 * A request that a cookie speaks for must come from a page of this server (TH10): JSON or a file in our own type, our
 * own header, both of which a foreign page cannot send without asking first, and an origin that is this host.
 */
export function checkSameOrigin(request: FastifyRequest): void {
  if (READING.includes(request.method)) return;
  const { origin, host } = request.headers;
  const site = request.headers['sec-fetch-site'];
  const type = request.headers['content-type'];
  const isSent = type === undefined || type === CONTENT_TYPE || /^application\/json\b/i.test(type);
  const isOurs = request.headers['x-signalbox-request'] === '1' && isSent;
  const fromHere = origin === undefined || hostOf(origin) === host?.toLowerCase();
  const isForeign = site !== undefined && site !== 'same-origin' && site !== 'none';
  if (isOurs && fromHere && !isForeign) return;
  throw forbidden('A page of another site may not do this. Use the pages of this server, or a token.');
}

function hostOf(origin: string): string | undefined {
  try {
    return new URL(origin).host;
  } catch {
    return undefined;
  }
}
