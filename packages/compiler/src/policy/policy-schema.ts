import {
  LANES_SUMMARY,
  LANE_LIMITS,
  LOCK_PRESETS,
  LOCK_SETTINGS,
  PRESET_SUMMARY,
  SPAN_SUMMARY,
  type LockSettingValues,
} from '@signalbox/model';
import { SHARED_DEFINITIONS } from '../schema/shape-schema.ts';
import type { JsonSchema } from '../schema/shape-schema.ts';
import { laneKeys } from './lanes-key.ts';
import { fileKeys, resourceKeys, stateKeys } from './policy-keys.ts';

/** A JSON Schema (draft 7) of `signalbox.policy.yml` for editors, made of the keys that the reader reads by. */
export function policySchema(): JsonSchema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    $comment: 'Generated from the table of settings.',
    title: 'signalbox.policy.yml',
    description: 'The settings of the locks of a project.',
    type: 'object',
    required: ['locks'],
    additionalProperties: false,
    properties: {
      locks: {
        description: fileKeys.locks.summary,
        anyOf: [{ type: 'array', items: { $ref: '#/definitions/lock' } }, { enum: [null, ''] }],
      },
    },
    definitions: { lock: lockSchema(), booleanWord: SHARED_DEFINITIONS.booleanWord },
  };
}

function lockSchema(): JsonSchema {
  const resources = Object.entries(resourceKeys);
  return {
    description: 'A lock: the resource that it guards, and what differs from the defaults.',
    type: 'object',
    additionalProperties: false,
    oneOf: resources.map(([name]) => ({ required: [name] })),
    properties: {
      ...Object.fromEntries(
        resources.map(([name, { summary }]) => [name, { description: summary, ...NAME }]),
      ),
      enabled: {
        description: stateKeys.enabled.summary,
        anyOf: [{ type: 'boolean' }, { $ref: '#/definitions/booleanWord' }],
        default: true,
      },
      preset: { description: PRESET_SUMMARY, enum: LOCK_PRESETS.map(({ name }) => name) },
      ...Object.fromEntries(
        LOCK_SETTINGS.map(({ name, summary, values, default: initial }) => [
          name,
          { description: summary, ...valuesSchema(values), default: initial },
        ]),
      ),
      span: SPAN,
      lanes: LANES,
    },
  };
}

/** One of two words, or the stage of each pipeline that ends it. */
const SPAN: JsonSchema = {
  description: SPAN_SUMMARY,
  anyOf: [
    { enum: ['stage', 'run'] },
    {
      type: 'object',
      required: ['through'],
      additionalProperties: false,
      properties: {
        through: {
          type: 'object',
          minProperties: 1,
          additionalProperties: { type: 'string', pattern: '^[A-Za-z_]\\w*$' },
        },
      },
    },
  ],
  default: 'stage',
};

/** YAML calls some names numbers or booleans; to the reader they are text (YAML-1). */
const NAME: JsonSchema = { type: ['string', 'number', 'boolean'], minLength: 1 };

/** A list of lanes, each with all its keys. */
const LANES: JsonSchema = {
  description: LANES_SUMMARY,
  anyOf: [
    {
      type: 'array',
      maxItems: LANE_LIMITS.lanes,
      items: {
        type: 'object',
        required: Object.keys(laneKeys),
        additionalProperties: false,
        properties: {
          name: { description: laneKeys.name.summary, ...NAME },
          branches: {
            description: laneKeys.branches.summary,
            anyOf: [{ type: 'array', minItems: 1, maxItems: LANE_LIMITS.branches, items: NAME }, NAME],
          },
          headStartMinutes: {
            description: laneKeys.headStartMinutes.summary,
            ...valuesSchema({ kind: 'number', least: 1, most: LANE_LIMITS.headStartMinutes }),
          },
        },
      },
    },
    { enum: [null, ''] },
  ],
  default: [],
};

function valuesSchema(values: LockSettingValues): JsonSchema {
  if (values.kind === 'words') return { enum: values.words };
  return {
    anyOf: [
      { type: 'integer', minimum: values.least, maximum: values.most },
      { type: 'string', pattern: '^[+-]?\\d+$' },
    ],
  };
}
