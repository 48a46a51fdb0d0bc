import {
  ROUTES,
  type AgentFilesRoute,
  type AgentResultRoute,
  type AnswerOf,
  type Call,
  type CallOf,
  type RouteOf,
  type ShapeOf,
  type Transport,
} from '@signalbox/api';
import type { JobRequestId } from '@signalbox/model';
import { CONTENT_TIMEOUT_MS } from '../limits.ts';
import type { Answer } from './answer.ts';
import { within, type CallOptions } from './within.ts';

/** A content of a job; `owner` says whose it is when it is fetched. */
export interface ContentName {
  readonly request: JobRequestId;
  readonly lease: number;
  readonly sha256: string;
}

/** The routes that take and give JSON. */
export type JsonRoute = Exclude<AgentFilesRoute, 'jobContentPut' | 'jobContentGet'> | AgentResultRoute;

/** The part of the agent protocol that carries files; as in `ServerCalls`, nothing throws and nothing is repeated. */
export interface FileCalls {
  ask<N extends JsonRoute>(
    route: N,
    request: JobRequestId,
    body: ShapeOf<N>['body'],
    options?: CallOptions,
  ): Promise<Answer<AnswerOf<N>>>;
  putContent(name: ContentName, bytes: Uint8Array<ArrayBuffer>, options?: CallOptions): Promise<Answer<void>>;
  getContent(name: ContentName, owner: string, options?: CallOptions): Promise<Answer<Uint8Array>>;
}

/** The calls for files over one transport. */
export function fileCalls(transport: Transport): FileCalls {
  return {
    ask: (route, request, body, options) => {
      const of: RouteOf<ShapeOf<typeof route>> = ROUTES[route];
      const call = (signal: AbortSignal): Call => ({ path: { request }, body, signal });
      return within((signal) => transport.json(of, call(signal) as CallOf<ShapeOf<typeof route>>), options);
    },
    putContent: ({ request, lease, sha256 }, content, options) =>
      within(
        (signal) =>
          transport.json(ROUTES.jobContentPut, {
            path: { request, sha256 },
            query: { lease },
            content,
            signal,
          }),
        { timeoutMs: CONTENT_TIMEOUT_MS, ...options },
      ),
    getContent: ({ request, lease, sha256 }, owner, options) =>
      within(
        async (signal) => {
          const path = { request, sha256 };
          const answer = await transport.open(ROUTES.jobContentGet, {
            path,
            query: { lease, owner },
            signal,
          });
          return new Uint8Array(await answer.arrayBuffer());
        },
        { timeoutMs: CONTENT_TIMEOUT_MS, ...options },
      ),
  };
}
