import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** A JSON schema, as far as tests look into it. */
export interface Schema {
  readonly [keyword: string]: unknown;
}

/** What the document says of one operation. */
export interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly { readonly name: string; readonly in: 'path' | 'query' }[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly $ref?: string; readonly content?: Content }>>;
}

/** Schemas by media type. */
export type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

/** The published document. */
export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** Reads the document that `npm run generate` wrote. */
export function readOpenApi(): OpenApi {
  const path = createRequire(import.meta.url).resolve('@signalbox/api/openapi.json');
  return JSON.parse(readFileSync(path, 'utf8')) as OpenApi;
}
