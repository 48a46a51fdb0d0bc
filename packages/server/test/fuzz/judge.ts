import type { LightMyRequestResponse } from 'fastify';

// A stack, a file of ours, the words of a database or of the language: nothing that a caller can do anything with.
const TELLS_TOO_MUCH =
  /\n\s+at \S|node_modules|\.ts:\d|\bSQLITE|SqliteError|syntax error at|Cannot read prop|is not a function|is not iterable|\[object Object\]/;
const ERROR_BYTES = 16_384;

/** What is wrong with an answer; nothing, when it is one that any caller may get. */
export function complaintsAbout(
  response: LightMyRequestResponse,
  secrets: readonly string[],
): readonly string[] {
  const { statusCode, body } = response;
  return [
    ...(statusCode >= 500 && !isNotHere(response) ? [`status ${statusCode}`] : []),
    ...(TELLS_TOO_MUCH.test(statusCode >= 400 ? body : '') ? ['it tells what is inside'] : []),
    ...secrets.filter((secret) => body.includes(secret)).map(() => 'it tells a secret or a path'),
    ...('x-injected' in response.headers ? ['a header came in from outside'] : []),
    ...(statusCode >= 400 && response.raw.req.method !== 'HEAD' ? aboutError(response) : []),
  ];
}

/** What Azure has and this server has not says so, with a status that no client takes for an empty answer. */
function isNotHere({ statusCode, body }: LightMyRequestResponse): boolean {
  return statusCode === 501 && parsed(body)?.['typeKey'] === 'FeatureNotAvailableException';
}

function aboutError({ body, headers }: LightMyRequestResponse): readonly string[] {
  if (body.length > ERROR_BYTES) return [`an error of ${body.length} bytes`];
  if (!String(headers['content-type']).startsWith('application/json')) return ['an error that is no JSON'];
  const error = parsed(body);
  const isWhole =
    error?.['$id'] === '1' &&
    typeof error['message'] === 'string' &&
    error['message'] !== '' &&
    /^[A-Z]\w+Exception$/.test(String(error['typeKey']));
  return isWhole ? [] : ['an error without the body of errors'];
}

function parsed(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
