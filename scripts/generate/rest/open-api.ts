import { PATH_PARAMETERS, patternsOf, type Route } from '../../../packages/api/src/index.ts';
import { areaOf, AREAS } from './areas.ts';
import type { JsonSchema } from './json-schema.ts';
import type { QueryParameter, RouteShape } from './route-shape.ts';
import type { RestModel } from './rest-model.ts';

type Json = Readonly<Record<string, unknown>>;

/** The OpenAPI 3.1 document of a model. */
export function openApi({ routes, components }: RestModel): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const { name, route, shape } of routes) {
    for (const [index, pattern] of patternsOf(route).entries()) {
      const path = pattern.replaceAll(/:(\w+)/g, '{$1}').replace('*', '{path}');
      const operationId = index === 0 ? name : `${name}_${index + 1}`;
      (paths[path] ??= {})[route.method.toLowerCase()] = operation({ operationId, route, shape, pattern });
    }
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Signalbox',
      version: '7.1',
      license: { name: 'MIT', identifier: 'MIT' },
      description: ABOUT,
    },
    servers: [{ url: 'http://localhost:8080' }],
    security: [{ basic: [] }, { bearer: [] }],
    tags: AREAS.map(({ title }) => ({ name: title })),
    paths,
    components: {
      schemas: components,
      responses: { Refusal: { description: 'Why not.', content: json(reference('WireError')) } },
      securitySchemes: {
        basic: { type: 'http', scheme: 'basic', description: 'Any user name, a token as the password.' },
        bearer: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}

const ABOUT =
  'Names of organisations, projects, parameters and properties are found in any letter case, words of enumerations ' +
  'also as their numbers. `api-version` is accepted in the query and in the header Accept, and not needed.';

interface Operation {
  readonly operationId: string;
  readonly route: Route;
  readonly shape: RouteShape;
  readonly pattern: string;
}

function operation({ operationId, route, shape, pattern }: Operation): Json {
  const parameters = [...inPath(pattern), ...shape.query.map(inQuery)];
  const body = bodyOf(route, shape);
  return {
    operationId,
    summary: route.summary,
    tags: [areaOf(route)],
    ...(parameters.length > 0 && { parameters }),
    ...(body !== undefined && { requestBody: { content: body } }),
    responses: responses(route, shape),
    ...(route.permission === 'public' && { security: [] }),
    'x-signalbox-permission': route.permission,
  };
}

function inPath(pattern: string): readonly Json[] {
  return [...pattern.matchAll(/:(\w+)|\*/g)].map((match) => {
    const name = match[1] ?? '*';
    const known = PATH_PARAMETERS[name];
    if (known === undefined) throw new Error(`The parameter ${name} of ${pattern} is not described.`);
    const type = known.kind === 'number' ? { type: 'integer', minimum: 1 } : { type: 'string' };
    const schema = known.kind === 'guid' ? { ...type, format: 'uuid' } : type;
    return {
      name: name === '*' ? 'path' : name,
      in: 'path',
      required: true,
      description: known.what,
      schema,
    };
  });
}

function inQuery({ name, optional, schema: { description, ...schema } }: QueryParameter): Json {
  return {
    name,
    in: 'query',
    ...(!optional && { required: true }),
    ...(description !== undefined && { description }),
    ...(schema.type === 'array' && { style: 'form', explode: false }),
    schema,
  };
}

function bodyOf(route: Route, { body }: RouteShape): Json | undefined {
  if (route.body === 'text') return { 'text/plain': {}, 'application/octet-stream': {} };
  if (route.body === 'content') return { 'application/octet-stream': {} };
  if (route.body === 'signed') return json({});
  return body === undefined ? undefined : json(body);
}

function responses(route: Route, { answer, media, status, negative, refuses }: RouteShape): Json {
  const content = {
    ...(answer !== undefined && json(answer)),
    ...Object.fromEntries(media.map((type) => [type, {}])),
  };
  const success = { description: 'Done.', ...(Object.keys(content).length > 0 && { content }) };
  const refusals = [...refusalsOf(route), ...refuses].toSorted((a, b) => a - b);
  return {
    ...Object.fromEntries(status.map((code) => [code, success])),
    ...Object.fromEntries(negative.map((code) => [code, { ...success, description: 'No.' }])),
    ...Object.fromEntries(refusals.map((code) => [code, { $ref: '#/components/responses/Refusal' }])),
  };
}

/** The refusals that every route of its kind has (REST.md §2). */
export function refusalsOf(route: Route): readonly number[] {
  const isOpen = route.permission === 'public';
  const names = /:|\*/.test(route.path) || route.scope === 'project' || route.scope === 'either';
  return [400, ...(isOpen ? [] : [401, 403]), ...(names ? [404] : []), 429];
}

function json(schema: JsonSchema): Json {
  return { 'application/json': { schema } };
}

function reference(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}
