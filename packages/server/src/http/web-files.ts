import { existsSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../app.ts';

/** Lets the server send the built files of the web; they are public, what they show is not. */
export async function registerWebFiles(server: FastifyInstance, app: App): Promise<void> {
  if (app.webDirectory === undefined) return;
  await server.register(fastifyStatic, {
    root: resolve(app.webDirectory),
    serve: false,
    index: false,
    cacheControl: false,
  });
}

/** True for a page or file of the web: never for an API path. */
export function wantsWebFile(app: App, request: FastifyRequest): boolean {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  return isRead && app.webDirectory !== undefined && !pathOf(request).toLowerCase().includes('/_apis');
}

/** Files lie in `assets` or at the root: a dot in the name of a project makes no file of its page. */
const FILE = /^\/(?:assets\/)?[^/]+\.[a-z\d]+$/i;

/** Sends a file that is there; every other path is a page of the one-page application. */
export function sendWebFile(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const path = pathOf(request);
  const isFile = FILE.test(path);
  if (!isFile) return reply.header('cache-control', 'no-cache').sendFile('index.html');
  // Built files carry a hash in their names: their content never changes.
  const cached = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
  return reply.header('cache-control', cached).sendFile(path.slice(1));
}

function pathOf(request: FastifyRequest): string {
  return (request.raw.url ?? '/').split('?')[0] ?? '/';
}

/** True when a folder holds the built web. */
export function isWebDirectory(folder: string): boolean {
  return existsSync(join(folder + sep, 'index.html'));
}
