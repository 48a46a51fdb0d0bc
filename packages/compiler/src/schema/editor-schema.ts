import { language, languageTables } from '../plan/language.ts';
import type { LanguageKey } from '../plan/language.ts';
import { DIRECTIVE, HAS_DIRECTIVE, itemDefinitions, schemaOf, SHARED_DEFINITIONS } from './shape-schema.ts';
import type { JsonSchema } from './shape-schema.ts';

/** One of these makes a file a pipeline or a template; directives may make them (YAML-5, TPL-1). */
const FORMS = ['stages', 'jobs', 'steps', 'extends', 'phases', 'variables'];

/** Keys that stand beside `steps` only (YAML-6). */
const BESIDE_STEPS = ['strategy', 'continueOnError', 'container', 'services', 'workspace'];

/**
 * A JSON Schema (draft 7) of pipeline files and templates for editors, made of the key tables that the compiler reads
 * by. It looks at one file before templates are expanded, so `${{ }}` may stand wherever a value or key may.
 */
export function editorSchema(): JsonSchema {
  const summaries = languageTables();
  const definitions = [...language()].map(([table, keys]) => [
    definitionName(table),
    tableSchema(summaries.get(table) ?? '', keys),
  ]);
  const shapes = [...language().values()].flatMap((keys) => keys.map(({ shape }) => shape));
  const items = shapes.flatMap((shape) => itemDefinitions(shape, definitionName));
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $comment: 'Generated from the tables of the compiler.',
    title: 'azure-pipelines.yml',
    description: 'A pipeline or a template, as Signalbox reads it.',
    allOf: [{ $ref: `#/definitions/${definitionName('pipeline')}` }, formSchema()],
    definitions: { ...Object.fromEntries([...definitions, ...items]), ...SHARED_DEFINITIONS },
  };
}

/** The keys of one mapping; directives are keys that only the compiler can look into. */
function tableSchema(summary: string, keys: readonly LanguageKey[]): JsonSchema {
  const required = keys.filter((key) => key.required).map(({ name }) => name);
  return {
    description: summary,
    type: 'object',
    properties: Object.fromEntries(keys.map((key) => [key.name, keySchema(key)])),
    patternProperties: { [DIRECTIVE]: true },
    additionalProperties: false,
    ...(required.length === 0 ? {} : { anyOf: [{ required }, HAS_DIRECTIVE] }),
  };
}

function keySchema({ summary, shape }: LanguageKey): JsonSchema {
  return { description: summary, ...schemaOf(shape, definitionName) };
}

function formSchema(): JsonSchema {
  return {
    anyOf: [...FORMS.map((form) => ({ required: [form] })), HAS_DIRECTIVE],
    dependencies: Object.fromEntries(
      BESIDE_STEPS.map((key) => [key, { anyOf: [{ required: ['steps'] }, HAS_DIRECTIVE] }]),
    ),
  };
}

/** `repository resource` as `repositoryResource`. */
function definitionName(table: string): string {
  return table.replaceAll(/ (\w)/g, (_, letter: string) => letter.toUpperCase());
}
