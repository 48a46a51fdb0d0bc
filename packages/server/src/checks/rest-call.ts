import type { OutboundMethod } from '../outbound/outbound.ts';
import { FUNCTION_MS, REST_MS } from '../limits.ts';
import { connected } from './address.ts';
import { impossible, inputOf, type CallParts, type Intent } from './call.ts';
import { fill } from './fill.ts';
import { fillHeaders, readHeaders } from './headers.ts';

/** Invoke REST API: the address of a service connection and a suffix (HOOK-1). */
export function restCall(parts: CallParts): Intent {
  const { connection, inputs, lookup } = parts;
  if (connection === undefined) return impossible('The check names no service connection that exists.');
  const url = connected(connection, inputOf(inputs, 'urlSuffix') ?? '', lookup);
  if (url === undefined)
    return impossible(`"urlSuffix" leads away from the address of the connection ${connection.name}.`);
  return callOf(parts, { url, timeoutMs: REST_MS, authorization: connection.authorization });
}

/** Invoke Azure Function: `<function>?code=<key>&<query>` (HOOK-1). */
export function functionCall(parts: CallParts): Intent {
  const { inputs, lookup } = parts;
  const address = fill(inputOf(inputs, 'function') ?? '', 'text', lookup);
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address))
    return impossible('"function" is no address such as https://name.azurewebsites.net/api/Function.');
  const key = fill(inputOf(inputs, 'key') ?? '', 'text', lookup);
  const query = [
    ...(key === '' ? [] : [`code=${encodeURIComponent(key)}`]),
    ...(inputOf(inputs, 'queryParameters') === undefined
      ? []
      : [fill(inputOf(inputs, 'queryParameters') ?? '', 'address', lookup).replace(/^[?&]+/, '')]),
  ].join('&');
  const joint = address.includes('?') ? '&' : '?';
  const url = query === '' ? address : `${address}${joint}${query}`;
  return callOf(parts, { url, timeoutMs: FUNCTION_MS, authorization: undefined });
}

const METHODS: readonly OutboundMethod[] = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
];

/** The method that an input names; `POST` where it names none (HOOK-1), undefined where it is none. */
export function readMethod(inputs: Readonly<Record<string, string>>): OutboundMethod | undefined {
  const word = (inputOf(inputs, 'method') ?? 'POST').trim().toUpperCase();
  return METHODS.find((method) => method === word);
}

interface Target {
  readonly url: string;
  readonly timeoutMs: number;
  readonly authorization: string | undefined;
}

function callOf({ inputs, lookup }: CallParts, { url, timeoutMs, authorization }: Target): Intent {
  const method = readMethod(inputs);
  if (method === undefined) return impossible(`"method" is none of ${METHODS.join(', ')}.`);
  const written = readHeaders(inputOf(inputs, 'headers'));
  if (!written.ok) return written;
  const headers = {
    ...(authorization !== undefined && { authorization }),
    ...fillHeaders(written.headers, lookup),
  };
  const body = bodyOf(inputs, lookup, headers);
  const criteria = inputOf(inputs, 'successCriteria');
  return {
    ok: true,
    call: {
      request: {
        method,
        url,
        headers,
        timeoutMs,
        ...(body !== undefined && method !== 'GET' && method !== 'HEAD' && method !== 'TRACE' && { body }),
      },
      ...(criteria !== undefined && { criteria: fill(criteria, 'criteria', lookup) }),
    },
  };
}

/** A body that calls itself anything but JSON gets the values as they are. */
function bodyOf(
  inputs: CallParts['inputs'],
  lookup: CallParts['lookup'],
  headers: Readonly<Record<string, string>>,
): string | undefined {
  const body = inputOf(inputs, 'body');
  if (body === undefined) return undefined;
  const isJson = (headers['content-type'] ?? 'application/json').toLowerCase().includes('json');
  return fill(body, isJson ? 'json' : 'text', lookup);
}
