import { fold } from '../ids.ts';
import { isNode } from './choose-handler.ts';
import {
  textInput,
  type TaskHandler,
  type TaskInput,
  type TaskManifest,
  type TaskRestrictions,
} from './task-definition.ts';

/** A task.json that could be read, or what is wrong with it, one sentence each. */
export type ReadTaskManifest =
  | { readonly ok: true; readonly manifest: TaskManifest }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Characters of a task.json that are read; the longest of the service's own have about 100,000. */
export const TASK_JSON_CHARS = 1_048_576;

/** Inputs, demands or handlers that one task may have. */
const MOST = 500;

const GUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,255}$/;

/** Reads the text of a task.json. What the format has beyond this is left aside: it belongs to the service's pages. */
export function readTaskManifest(text: string): ReadTaskManifest {
  if (text.length > TASK_JSON_CHARS) return refused(`task.json has more than ${TASK_JSON_CHARS} characters.`);
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return refused(`task.json is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const root = objectOf(json);
  if (root === undefined) return refused('task.json is not an object.');
  const problems = problemsOf(root);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, manifest: manifestOf(root) };
}

function refused(problem: string): ReadTaskManifest {
  return { ok: false, problems: [problem] };
}

type Json = Readonly<Record<string, unknown>>;

function problemsOf(root: Json): readonly string[] {
  const problems: string[] = [];
  if (!GUID.test(textOf(root['id']))) problems.push('"id" of task.json must be a GUID.');
  if (!NAME.test(textOf(root['name']))) {
    problems.push('"name" of task.json must be letters, digits, dots, dashes and underscores.');
  }
  if (versionOf(root) === undefined) {
    problems.push('"version" of task.json must have "Major", "Minor" and "Patch", whole numbers.');
  }
  for (const key of ['inputs', 'demands'] as const) {
    if (listOf(root[key]).length > MOST)
      problems.push(`"${key}" of task.json has more than ${MOST} entries.`);
  }
  for (const input of listOf(root['inputs'])) {
    if (textOf(objectOf(input)?.['name']) === '')
      problems.push('Each of "inputs" of task.json needs a "name".');
  }
  for (const part of PARTS.values()) {
    const outside = handlersOf(root, part).find((handler) => isNode(handler) && !staysInside(handler.target));
    if (outside !== undefined) {
      problems.push(`"target" of ${part} in task.json must be a file of the package: "${outside.target}".`);
    }
  }
  return problems;
}

/** False for what leaves the package's folder: absolute, with a drive, or with `..`. */
function staysInside(path: string): boolean {
  return path !== '' && !/^[\\/]|^[A-Za-z]:|\0/.test(path) && !path.split(/[\\/]/).includes('..');
}

const PARTS: ReadonlyMap<keyof TaskManifest['handlers'], string> = new Map([
  ['preJob', 'prejobexecution'],
  ['main', 'execution'],
  ['postJob', 'postjobexecution'],
]);

function manifestOf(root: Json): TaskManifest {
  const minimum = textOf(root['minimumAgentVersion']);
  const name = textOf(root['name']);
  return {
    id: textOf(root['id']).toLowerCase(),
    name,
    version: versionOf(root) ?? '',
    title: textOf(root['friendlyName']) || name,
    description: textOf(root['description']),
    author: textOf(root['author']),
    runsOn: listOf(root['runsOn']).map((one) => fold(textOf(one))),
    ...(minimum === '' ? {} : { minimumAgentVersion: minimum }),
    demands: listOf(root['demands'])
      .map((demand) => textOf(demand).trim())
      .filter((demand) => demand !== ''),
    inputs: listOf(root['inputs']).map((input) => inputOf(objectOf(input) ?? {})),
    restrictions: restrictionsOf(root),
    handlers: {
      preJob: handlersOf(root, 'prejobexecution'),
      main: handlersOf(root, 'execution'),
      postJob: handlersOf(root, 'postjobexecution'),
    },
  };
}

function versionOf(root: Json): string | undefined {
  const version = objectOf(root['version']) ?? {};
  const parts = ['Major', 'Minor', 'Patch'].map((part) => textOf(ofName(version, part)));
  return parts.every((part) => /^\d{1,9}$/.test(part)) ? parts.map(Number).join('.') : undefined;
}

function inputOf(input: Json): TaskInput {
  return textInput(textOf(input['name']).trim(), {
    label: textOf(input['label']),
    aliases: listOf(input['aliases']).map((alias) => textOf(alias)),
    type: fold(textOf(input['type']) || 'string'),
    defaultValue: textOf(input['defaultValue']),
    required: fold(textOf(input['required'])) === 'true',
    conditional: textOf(input['visibleRule']).trim() !== '',
    options: Object.keys(objectOf(input['options']) ?? {}),
  });
}

function handlersOf(root: Json, part: string): readonly TaskHandler[] {
  return Object.entries(objectOf(ofName(root, part)) ?? {}).map(([kind, value]) => {
    const handler = objectOf(value) ?? {};
    const workingDirectory = textOf(handler['workingDirectory']);
    return {
      kind,
      target: textOf(handler['target']).trim(),
      ...(workingDirectory === '' ? {} : { workingDirectory }),
    };
  });
}

function restrictionsOf(root: Json): TaskRestrictions {
  const restrictions = objectOf(root['restrictions']) ?? {};
  const mode = fold(textOf(objectOf(restrictions['commands'])?.['mode']));
  const allowed = objectOf(restrictions['settableVariables'])?.['allowed'];
  return {
    ...(mode === 'restricted' || mode === 'any' ? { commands: mode } : {}),
    ...(Array.isArray(allowed) ? { settableVariables: allowed.map((one) => textOf(one)) } : {}),
  };
}

/** Names of task.json differ in letter case from author to author. */
function ofName(object: Json, name: string): unknown {
  return Object.entries(object).find(([key]) => fold(key) === fold(name))?.[1];
}

function objectOf(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Numbers and booleans are taken for their texts: authors write both. */
function textOf(value: unknown): string {
  return typeof value === 'string'
    ? value
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : '';
}
