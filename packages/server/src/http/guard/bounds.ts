import type { FastifyRequest } from 'fastify';
import { HEADER_COUNT, URL_BYTES } from '../../limits.ts';
import { Problem } from '../problem.ts';

/** Refuses requests that are larger than any client's (TH21); bodies are bounded where they are read. */
export function checkBounds(request: FastifyRequest): void {
  if (request.raw.rawHeaders.length > HEADER_COUNT * 2) {
    throw new Problem(431, 'RequestTooLargeException', `More than ${HEADER_COUNT} header fields.`);
  }
  if ((request.raw.url ?? '').length > URL_BYTES) {
    throw new Problem(414, 'RequestTooLargeException', `The address is longer than ${URL_BYTES} bytes.`);
  }
}
