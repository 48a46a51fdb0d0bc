import { DEFINITION_QUEUE_STATUS } from '@signalbox/api';
import type { PoolId } from '@signalbox/model';
import type {
  DefinitionInput,
  DefinitionRow,
  DefinitionVariable,
  JsonObject,
  ProjectRow,
} from '@signalbox/store';
import { VALUE_LENGTH, VARIABLES } from '../../limits.ts';
import { shownAddress } from '../../git/address.ts';
import { DEFAULT_POOL } from '../../work/queue-run.ts';
import type { Ask } from '../ask.ts';
import { badRequest } from '../problem.ts';
import { fieldsOf, type Fields } from '../read/fields.ts';
import { toJsonObject } from '../read/json-object.ts';

// What we store in columns, or make anew for each answer; the rest is kept as it came (REST.md §3.2).
const KNOWN: readonly string[] =
  'id name path process repository variables queue queuestatus revision uri url project type quality createddate _links latestbuild latestcompletedbuild authoredby'.split(
    ' ',
  );

/** Reads the body of a definition to create, or to put in the place of `old`. */
export async function readDefinition(
  ask: Ask,
  project: ProjectRow,
  old: DefinitionRow | undefined,
): Promise<DefinitionInput> {
  const body = ask.body();
  const pool = await readPool(ask, project, body.object('queue'));
  const defaultPool = pool ?? old?.defaultPool;
  return {
    name: readName(body.text('name')),
    path: readPath(body.text('path')),
    repository: await readRepository(ask, body, old),
    yamlFilename: readYamlFilename(body.object('process').text('yamlFilename', 1024)),
    variables: readVariables(body.object('variables'), {
      old: old?.variables ?? {},
      seal: (value) => ask.app.sealer.seal(value),
    }),
    queueStatus: body.word('queueStatus', DEFINITION_QUEUE_STATUS) ?? 'enabled',
    ...(defaultPool !== undefined && { defaultPool }),
    extra: toJsonObject(
      Object.fromEntries(body.entries().filter(([name]) => !KNOWN.includes(name.toLowerCase()))),
    ),
  };
}

/** A name that an address, a log and a person can hold. */
export function readName(name: string | undefined): string {
  const trimmed = name?.trim() ?? '';
  if (trimmed === '') throw badRequest('"name" is missing.');
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u001F\u007F"/:<>\\|?@*]/.test(trimmed) || trimmed.endsWith('.')) {
    throw badRequest('A name holds none of " / : < > \\ | ? @ * and does not end in a dot.');
  }
  return trimmed;
}

/** A folder: `\` is the root, `\team\web` below it. */
export function readPath(path: string | undefined): string {
  const parts = (path ?? '').split(/[\\/]/).filter((part) => part !== '');
  return `\\${parts.map(readName).join('\\')}`;
}

/** The pipeline file, from the root of the repository. */
export function readYamlFilename(path: string | undefined): string {
  const clean = (path ?? '').replaceAll('\\', '/').replace(/^\/+/, '');
  if (clean === '') throw badRequest('"process.yamlFilename" is missing: the path of the pipeline file.');
  if (clean.split('/').includes('..')) throw badRequest('The pipeline file lies inside the repository.');
  return clean;
}

async function readRepository(ask: Ask, body: Fields, old: DefinitionRow | undefined): Promise<JsonObject> {
  const repository = body.object('repository');
  const url = repository.text('url', 2048) ?? repository.text('id', 2048);
  if (url === undefined) {
    throw badRequest('"repository.url" is missing: an https or ssh URL, or an absolute path on the server.');
  }
  const kept = withPassword(url, old?.repository['url']);
  return completeRepository(ask, kept, toJsonObject(Object.fromEntries(repository.entries())));
}

/** Who sends back an address as it was told keeps the password that was not. */
function withPassword(url: string, old: unknown): string {
  return typeof old === 'string' && shownAddress(old) === url ? old : url;
}

/** Looks at the repository, and asks it for its default branch when none was given. */
export async function completeRepository(ask: Ask, url: string, given: JsonObject): Promise<JsonObject> {
  const { repositories } = ask.app;
  await repositories.check(url);
  if (typeof given['defaultBranch'] === 'string' && given['defaultBranch'] !== '') return { ...given, url };
  return { ...given, url, defaultBranch: (await repositories.defaultBranch(url)) ?? 'refs/heads/main' };
}

async function readPool(ask: Ask, project: ProjectRow, queue: Fields): Promise<PoolId | undefined> {
  const { pools } = ask.app.store;
  const id = queue.number('id');
  const name = queue.text('name');
  if (id === undefined && name === undefined) return undefined;
  const known = await pools.queues(project.id);
  const found = known.find((one) => one.id === id || one.name.toLowerCase() === name?.toLowerCase());
  if (found !== undefined) return found.pool;
  const pool = name === undefined ? undefined : await pools.find(name);
  if (pool === undefined) {
    throw badRequest(`There is no queue ${name ?? id}. The default one is ${DEFAULT_POOL}.`);
  }
  return (await pools.upsertQueue(project.id, pool.id)).pool;
}

/** What reading variables needs: those there were, and how a fresh secret is stored. */
interface Before {
  readonly old: Readonly<Record<string, DefinitionVariable>>;
  readonly seal: (value: string) => string;
}

/** Variables by name; a secret that comes as null keeps its old value (REST.md §3.2). */
function readVariables(variables: Fields, before: Before): Readonly<Record<string, DefinitionVariable>> {
  const entries = variables.entries();
  if (entries.length > VARIABLES) throw badRequest(`More than ${VARIABLES} variables.`);
  return Object.fromEntries(
    entries.map(([name, value]) => [readVariableName(name), readVariable(name, value, before)]),
  );
}

function readVariableName(name: string): string {
  if (!/^[\w. -]{1,256}$/u.test(name))
    throw badRequest(`"${name.slice(0, 60)}" is not a name of a variable.`);
  return name;
}

function readVariable(name: string, value: unknown, { old, seal }: Before): DefinitionVariable {
  const fields = fieldsOf(value, `The variable "${name}"`);
  const before = Object.entries(old).find(([other]) => other.toLowerCase() === name.toLowerCase())?.[1];
  const secret = fields.flag('isSecret') ?? false;
  const kept = secret && before?.secret === true ? before.value : '';
  const given = fields.text('value', VALUE_LENGTH);
  return {
    value: given === undefined ? kept : secret ? seal(given) : given,
    secret,
    allowOverride: fields.flag('allowOverride') ?? false,
  };
}
