import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { parseJsonBody } from '../../../src/http/read/json-body.ts';
import { operationFinder } from './find-operation.ts';
import { readOpenApi, type Content, type Operation } from './open-api.ts';
import { asRead, closed, lenient } from './strict-schemas.ts';

/** A request and its answer, as they went over the wire. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly requestType: string | undefined;
  readonly requestBody: string | undefined;
  readonly status: number;
  readonly type: string | undefined;
  readonly body: string;
  /** What is asked is wrong on purpose, and may be taken all the same. */
  readonly hostile?: true | undefined;
}

const document = readOpenApi();
const findOperation = operationFinder(document);
const answers = validators(closed);
const requests = validators(lenient, { coerceTypes: true });

/** What of an exchange is not as the document says, one sentence each. */
export function shapeProblems(exchange: Exchange): readonly string[] {
  const operation = findOperation(exchange.method, exchange.url);
  if (operation === undefined) return [];
  const { status } = exchange;
  const response = operation.responses[String(status)];
  const where = `${exchange.method} ${exchange.url} → ${status} (${operation.operationId})`;
  if (response === undefined) return isAnywhere(status) ? [] : [`${where}: the status is not declared.`];
  const content = response.$ref === undefined ? response.content : REFUSAL;
  const found = [...answerProblems(exchange, operation, content), ...requestProblems(exchange, operation)];
  return found.map((problem) => `${where}: ${problem}`);
}

const REFUSAL: Content = {
  'application/json': { schema: { $ref: '#/components/schemas/WireError' } },
};

// What any route can answer before it knows what is asked, and what a browser is answered that has the page already.
function isAnywhere(status: number): boolean {
  return [304, 401, 403, 404, 405, 413, 414, 415, 421, 431, 500, 503].includes(status);
}

function answerProblems(exchange: Exchange, operation: Operation, content: Content = {}): readonly string[] {
  const { body, status } = exchange;
  const type = mediaType(exchange.type);
  if (body === '')
    return content['application/json'] === undefined || exchange.method === 'HEAD'
      ? []
      : emptyProblems(content);
  const declared = content[type];
  if (declared === undefined) return [`${type} is not declared.`];
  if (declared.schema === undefined || type !== 'application/json') return [];
  const key = `${operation.operationId.replace(/_\d+$/, '')} ${status}`;
  return answers(key, declared.schema, JSON.parse(body));
}

function emptyProblems(content: Content): readonly string[] {
  return Object.keys(content).length > 1 ? [] : ['the answer has no body.'];
}

function requestProblems(exchange: Exchange, operation: Operation): readonly string[] {
  const { requestBody, status } = exchange;
  if (exchange.hostile === true || status >= 400 || requestBody === undefined || requestBody === '')
    return [];
  if (!/json/.test(exchange.requestType ?? '')) return [];
  const declared = operation.requestBody?.content['application/json'];
  // A body that a route does not read harms nobody.
  if (declared?.schema === undefined) return [];
  const value = parseJsonBody(requestBody);
  const key = operation.operationId.replace(/_\d+$/, '');
  return requests(key, declared.schema, asRead(value ?? {})).map((one) => `the request: ${one}`);
}

function mediaType(type = ''): string {
  return type.split(';')[0]?.trim().toLowerCase() ?? '';
}

type Validate = (key: string, schema: unknown, value: unknown) => readonly string[];

function validators(change: (schema: unknown) => unknown, options: { coerceTypes?: boolean } = {}): Validate {
  const ajv = new Ajv2020({ strict: false, allErrors: false, allowUnionTypes: true, ...options });
  ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?Z$/);
  ajv.addFormat('uuid', /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i);
  const components = change(document.components);
  const compiled = new Map<string, ValidateFunction>();
  ajv.addSchema({ $id: 'signalbox:', components }, 'signalbox:', undefined, false);
  return (key, schema, value) => {
    let validate = compiled.get(key);
    if (validate === undefined) {
      const text = JSON.stringify(change(schema)).replaceAll('"#/components/', '"signalbox:#/components/');
      validate = ajv.compile(JSON.parse(text) as object);
      compiled.set(key, validate);
    }
    if (validate(value)) return [];
    return (validate.errors ?? []).map((error) => {
      const { instancePath, message, params } = error;
      return `${instancePath || '/'} ${message ?? ''} ${JSON.stringify(params)}`;
    });
  };
}
