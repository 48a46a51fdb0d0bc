import {
  request as requestHttp,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import { request as requestHttps } from 'node:https';
import { SERVER_SILENCE_MS } from './bounds.ts';
import { isAzureHost, targetOf, type StandIn } from './azure-hosts.ts';

/** Whom requests are forwarded to, and whom it trusts besides the usual authorities. */
export interface Forwarding extends StandIn {
  readonly ca: readonly string[] | undefined;
}

/** They belong to one connection, not to the request (RFC 9110, 7.6.1). */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'host',
]);

/** Answers one request for a host of Azure DevOps with what the server says to it. */
export function forward(request: IncomingMessage, response: ServerResponse, to: Forwarding): void {
  const host = (request.headers.host ?? '').replace(/:443$/, '');
  if (!isAzureHost(host))
    return refuse(response, 421, `This proxy does not answer for the host ${host.slice(0, 200)}.`);
  const target = targetOf(host, request.url ?? '/', to);
  if ('problem' in target) return refuse(response, 404, target.problem);
  send(request, response, { url: target.url, ca: to.ca });
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { url, ca }: { readonly url: URL; readonly ca: Forwarding['ca'] },
): void {
  const options = {
    method: request.method ?? 'GET',
    headers: { ...withoutHops(request), ...lengthOf(request) },
    timeout: SERVER_SILENCE_MS,
  };
  const onward =
    url.protocol === 'https:'
      ? requestHttps(url, { ...options, ...(ca !== undefined && { ca: [...ca] }) })
      : requestHttp(url, options);
  onward.once('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, withoutHops(answer));
    answer.pipe(response);
    // What breaks off must not look whole.
    answer.once('error', () => response.destroy());
  });
  onward.once('timeout', () => onward.destroy(new Error('It does not answer.')));
  onward.once('error', (error) => {
    if (response.headersSent) response.destroy();
    else refuse(response, 502, `The server at ${url.origin} cannot be reached: ${error.message}`);
  });
  response.once('close', () => onward.destroy());
  request.pipe(onward);
}

function withoutHops({ headers }: IncomingMessage): OutgoingHttpHeaders {
  const named = String(headers.connection ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !HOP_BY_HOP.has(name) && !named.includes(name)),
  );
}

/** A body whose length nobody said comes in pieces, and goes on in pieces. */
function lengthOf({ headers }: IncomingMessage): OutgoingHttpHeaders {
  return headers['transfer-encoding'] === undefined ? {} : { 'transfer-encoding': 'chunked' };
}

/** A refusal as the service would write it, so that clients print the sentence (REST.md §2.4). */
function refuse(response: ServerResponse, status: number, message: string): void {
  const typeKey = 'ProxyRefusalException';
  const body = {
    $id: '1',
    innerException: null,
    message,
    typeName: typeKey,
    typeKey,
    errorCode: 0,
    eventId: 3000,
  };
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}
