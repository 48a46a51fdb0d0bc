import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import fastifyCookie from '@fastify/cookie';
import {
  CONTENT_TYPE,
  isForMembers,
  patternsOf,
  ROUTES,
  type Permission,
  type Route,
  type RouteName,
} from '@signalbox/api';
import fastify, {
  type FastifyContextConfig,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';
import type { App } from '../app.ts';
import type { Principal } from '../auth/principal.ts';
import { BODY_BYTES, HEADER_BYTES } from '../limits.ts';
import { askOf, type Handler } from './ask.ts';
import { handleErrors, problemOf, sendProblem } from './error-handler.ts';
import { admit, identify } from './guard/admit.ts';
import { checkBounds } from './guard/bounds.ts';
import { checkHost } from './guard/host.ts';
import { setSecurityHeaders } from './guard/security-headers.ts';
import { HANDLERS } from './handlers.ts';
import { limitRate } from './rates/limit-rate.ts';
import { readAll } from './read/content.ts';
import { parseJsonBody } from './read/json-body.ts';
import { registerWebFiles } from './web-files.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Undefined on public routes, where nobody is asked who they are. */
    principal: Principal | undefined;
  }
  interface FastifyContextConfig {
    permission?: Permission;
    /** Whether a role in some project opens it, though it names none. */
    forMembers?: boolean;
    body?: Route['body'];
    /** The answer stays open and goes on. */
    stream?: true;
    /** Asked by what watches over the server: it must get an answer when everybody else asks too much. */
    unlimited?: true;
  }
}

/** The HTTP side of a server: every route of the table, and nothing else. It does not listen yet. */
export async function createHttpServer(app: App): Promise<FastifyInstance> {
  const server = fastify({
    bodyLimit: BODY_BYTES,
    // Clients write paths in any letter case (REST.md §1); a slash too many is harmless.
    // Services join `PlanUrl`, which ends in a slash, with one more (HOOK-5).
    routerOptions: {
      caseSensitive: false,
      ignoreTrailingSlash: true,
      ignoreDuplicateSlashes: true,
      maxParamLength: 500,
    },
    http: { maxHeaderSize: HEADER_BYTES },
    requestTimeout: 60_000,
    genReqId: () => randomUUID(),
    // Open streams and polls are ended by the app itself, with an answer; see `closeHttp`.
    forceCloseConnections: 'idle',
    logger: false,
    // What Fastify refuses before any route is found: a broken percent sign.
    frameworkErrors: (error, _request, reply) => {
      setSecurityHeaders(reply);
      void sendProblem(reply, problemOf(error));
    },
  });
  server.decorateRequest('principal', undefined);
  await server.register(fastifyCookie);
  readBodies(server);
  guard(server, app);
  handleErrors(server, app);
  await registerWebFiles(server, app);
  for (const name of Object.keys(ROUTES).filter(isRouteName)) bind(server, app, name);
  return server;
}

function isRouteName(name: string): name is RouteName {
  return Object.hasOwn(ROUTES, name);
}

function readBodies(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  const types = ['application/json', 'application/json-patch+json', 'text/json'];
  server.addContentTypeParser(types, { parseAs: 'string' }, (request, body, done) => {
    if (request.routeOptions.config.body === 'signed') return done(null, String(body));
    try {
      done(null, parseJsonBody(String(body)));
    } catch (error) {
      done(error instanceof Error ? error : new Error(String(error)));
    }
  });
  server.addContentTypeParser(CONTENT_TYPE, (request, stream, done) => {
    if (request.routeOptions.config.body === 'content') return done(null, stream);
    done(new fastify.errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(CONTENT_TYPE));
  });
  server.addContentTypeParser('text/plain', { parseAs: 'string' }, (request, body, done) => {
    if (request.routeOptions.config.body === 'text') return done(null, body);
    done(new fastify.errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE('text/plain'));
  });
  // Services append to logs with it (HOOK-6), and `tfx` uploads tasks (REST.md §3.8).
  server.addContentTypeParser(OCTETS, async (request: FastifyRequest, stream: IncomingMessage) => {
    const { body } = request.routeOptions.config;
    if (body === 'content') return stream;
    if (body !== 'text') throw new fastify.errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(OCTETS);
    const bytes = await readAll(stream, BODY_BYTES);
    if (bytes === undefined) throw new fastify.errorCodes.FST_ERR_CTP_BODY_TOO_LARGE();
    return bytes.toString('utf8');
  });
}

const OCTETS = 'application/octet-stream';

function guard(server: FastifyInstance, app: App): void {
  // Deny by default: a route that names no permission stops the server from starting (TH6, INV-73).
  server.addHook('onRoute', (route) => {
    if (route.config?.permission !== undefined) return;
    throw new Error(`The route ${String(route.method)} ${route.url} declares no permission.`);
  });
  server.addHook('onRequest', async (request, reply) => {
    setSecurityHeaders(reply);
    void reply.header('activityid', request.id);
    checkBounds(request);
    checkHost(request, app.hosts);
    if (request.is404) return;
    const permission = request.routeOptions.config.permission ?? 'manageTokens';
    if (permission === 'public') return limitAnonymous(app, request, reply);
    const principal = await identify(app, request);
    request.principal = principal;
    limitRate(app, request, { reply, principal });
    const { forMembers = false } = request.routeOptions.config;
    request.principal = await admit(app, request, { principal, demand: { permission, forMembers } });
  });
  server.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    const labels = { method: request.method, route, status: String(reply.statusCode) };
    app.metrics.requests.observe(labels, reply.elapsedTime / 1000);
  });
}

function limitAnonymous(app: App, request: FastifyRequest, reply: FastifyReply): void {
  if (request.routeOptions.config.unlimited === true) return;
  limitRate(app, request, { reply, principal: { role: 'anonymous' } });
}

function bind(server: FastifyInstance, app: App, name: RouteName): void {
  const [route, handler]: [Route, Handler] = [ROUTES[name], HANDLERS[name]];
  for (const url of patternsOf(route)) {
    server.route({
      method: route.method,
      url,
      exposeHeadRoute: false,
      config: configOf(name, route),
      handler: async (request, reply) => {
        const answer = await handler(askOf(app, request, reply));
        if (answer === undefined) return reply;
        noStore(reply);
        return reply.send(answer);
      },
    });
  }
}

// Liveness and readiness; their answers cost next to nothing.
const UNLIMITED: readonly RouteName[] = ['health', 'ready'];

function configOf(name: RouteName, { permission, body }: Route): FastifyContextConfig {
  return {
    permission,
    forMembers: isForMembers(name),
    ...(body !== undefined && { body }),
    ...(name === 'feed' && { stream: true }),
    ...(UNLIMITED.includes(name) && { unlimited: true }),
  };
}

// What a role may see must not lie in a cache for the next one.
function noStore(reply: { header(name: string, value: string): unknown }): void {
  reply.header('cache-control', 'no-store');
}
