import { StoreError } from '@signalbox/store';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../app.ts';
import { RepositoryError } from '../git/git-program.ts';
import { absentArea } from './core/absent-areas.ts';
import { absentCall } from './core/absent-calls.ts';
import { identify, unauthorized } from './guard/admit.ts';
import { problemCode } from '../refusals.ts';
import { errorBody, Problem } from './problem.ts';
import { limitRate } from './rates/limit-rate.ts';
import { sendWebFile, wantsWebFile } from './web-files.ts';

/** Sends a refusal. */
export function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  return reply
    .code(problem.status)
    .headers(problem.headers)
    .type('application/json; charset=utf-8')
    .send(errorBody(problem));
}

/** Turns whatever went wrong into one error body; only faults of ours are logged with their cause. */
export function handleErrors(server: FastifyInstance, app: App): void {
  server.setErrorHandler((error: FastifyError, request, reply) => {
    const problem = problemOf(error);
    if (problem.status >= 500) {
      app.logger.error(
        { err: error, method: request.method, route: request.routeOptions.url },
        'request-failed',
      );
    }
    return sendProblem(reply, forOurOwn(request) ? withoutChallenge(problem) : problem);
  });
  server.setNotFoundHandler((request, reply) => answerUnknown(app, request, reply));
}

function forOurOwn(request: FastifyRequest): boolean {
  return request.headers['x-signalbox-request'] === '1';
}

/** A browser would put its own login box over our form; our own clients need no challenge (REST.md §2.3). */
function withoutChallenge(problem: Problem): Problem {
  if (problem.status !== 401) return problem;
  return new Problem(problem.status, problem.typeKey, problem.message, { code: problem.code });
}

async function answerUnknown(app: App, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  if (wantsWebFile(app, request)) {
    limitRate(app, request, { reply, principal: { role: 'anonymous' } });
    return sendWebFile(request, reply);
  }
  const principal = await identify(app, request);
  limitRate(app, request, { reply, principal });
  if (principal.role === 'anonymous') throw unauthorized(app, 'A token is needed.');
  // Clients take 404 for "no such object"; an unknown route must be told apart by us at least (REST.md §0.8).
  const path = (request.raw.url ?? '').split('?')[0]?.slice(0, 300) ?? '';
  const absent = absentArea(path);
  if (absent !== undefined) return sendProblem(reply, absent);
  app.logger.warn({ method: request.method, path }, 'route-unknown');
  const known = absentCall(request.method, path);
  if (known !== undefined) return sendProblem(reply, known);
  const message = `There is no route ${request.method} here. docs/reference/rest.md lists the routes.`;
  return sendProblem(reply, new Problem(404, 'RouteNotFoundException', message));
}

/** What a thrown value means to the caller. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof StoreError) return fromStore(error);
  if (error instanceof RepositoryError) {
    return new Problem(400, 'RepositoryNotAccessibleException', error.message, {
      code: 'repository-unusable',
    });
  }
  return (
    fromFastify(error) ?? new Problem(500, 'InternalServerException', 'The server failed; its log says why.')
  );
}

function fromStore(error: StoreError): Problem {
  const status = STORE_STATUS[error.code];
  return status === undefined
    ? new Problem(503, 'ServiceUnavailableException', 'The database does not serve now. Try again.', {
        headers: { 'retry-after': '5' },
      })
    : new Problem(status, STORE_TYPES[error.code] ?? 'InvalidRequestException', error.message, {
        code: problemCode(error.code),
      });
}

const STORE_STATUS: Readonly<Partial<Record<StoreError['code'], number>>> = {
  'key-reused': 422,
  'name-taken': 409,
  'stale-revision': 409,
  'not-found': 404,
  'log-gap': 409,
  'bad-cursor': 400,
};

const STORE_TYPES: Readonly<Partial<Record<StoreError['code'], string>>> = {
  'key-reused': 'IdempotencyKeyReusedException',
  'name-taken': 'NameAlreadyExistsException',
  'stale-revision': 'RevisionOutOfDateException',
  'not-found': 'ObjectNotFoundException',
};

const MESSAGE_LENGTH = 300;

// Some of Fastify's texts repeat the whole address.
function cut(text: string): string {
  return text.length > MESSAGE_LENGTH ? `${text.slice(0, MESSAGE_LENGTH)}…` : text;
}

// Fastify's own refusals have a status and a code; their texts name nothing of ours.
function fromFastify(error: unknown): Problem | undefined {
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined;
  const status = Number(error.statusCode);
  if (status < 400 || status > 499) return undefined;
  const typeKey = status === 413 ? 'RequestTooLargeException' : 'InvalidRequestException';
  return new Problem(status, typeKey, cut(error.message));
}
