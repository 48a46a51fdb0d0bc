import type { LockView } from '@signalbox/api';
import type { ResourceKey } from '@signalbox/engine';
import { DEFAULT_LOCK_POLICY, type LockResourceType } from '@signalbox/model';
import type { ProjectRow } from '@signalbox/store';
import { callerName } from '../../auth/principal.ts';
import { environmentResource, stageResource } from '../../work/resources.ts';
import { idOf, type Ask } from '../ask.ts';
import { findDefinition } from '../build/definitions.ts';
import { readName } from '../distributed-task/environments.ts';
import { badRequest, conflict } from '../problem.ts';
import { fieldsOf, type Fields } from '../read/fields.ts';
import { configureLock } from './configure-lock.ts';
import { lockContext, lockView } from './lock-shape.ts';
import { readPolicy } from './read-policy.ts';

type Resource = ResourceKey & { readonly name: string };

/**
 * Makes a lock with its policy in one step: nobody is ever judged by the defaults in between. An environment is made
 * if there is none (DEP-4); a stage is not looked for, because its file is only read when a run is queued.
 */
export async function createLock(ask: Ask): Promise<LockView> {
  const project = await ask.project();
  const body = ask.body();
  const settings = fieldsOf(
    Object.fromEntries(body.entries().filter(([name]) => name.toLowerCase() !== 'resource')),
  );
  const policy = readPolicy(settings, DEFAULT_LOCK_POLICY);
  const enabled = settings.flag('enabled') ?? true;
  const { type, id, name } = await readResource(ask, project, body.object('resource'));
  if ((await ask.app.store.locks.find(project.id, { type, id })) !== undefined) {
    throw conflict('LockAlreadyExistsException', `${name} has a lock already; change that one with PATCH.`);
  }
  const lock = await configureLock(ask, project, { resource: { type, id }, name, policy, enabled });
  return lockView(lockContext(ask, project), lock);
}

/** The kinds of resource that a lock can be made for, by how each is named. */
const READERS: Partial<
  Record<LockResourceType, (ask: Ask, project: ProjectRow, fields: Fields) => Promise<Resource>>
> = {
  environment: readEnvironment,
  persistedStage: readStage,
  named: readNamed,
};

function readResource(ask: Ask, project: ProjectRow, fields: Fields): Promise<Resource> {
  const type = fields.text('type')?.toLowerCase();
  const [, read] = Object.entries(READERS).find(([known]) => known.toLowerCase() === type) ?? [];
  if (read !== undefined) return read(ask, project, fields);
  throw badRequest(`"resource.type" must be one of: ${Object.keys(READERS).join(', ')}.`);
}

async function readEnvironment(ask: Ask, project: ProjectRow, fields: Fields): Promise<Resource> {
  requireOnly(fields, ['type', 'name']);
  const { environments } = ask.app.store;
  const name = readName(fields.text('name'));
  const createdBy = callerName(ask);
  return environmentResource(await environments.upsert(project.id, { name, createdBy }));
}

async function readStage(ask: Ask, project: ProjectRow, fields: Fields): Promise<Resource> {
  requireOnly(fields, ['type', 'definitionId', 'stage']);
  const id = idOf(fields.textOrNumber('definitionId') ?? '', 'Definition');
  const stage = fields.text('stage') ?? '';
  if (!/^[A-Za-z_]\w{0,99}$/.test(stage)) throw badRequest('"resource.stage" must be the name of a stage.');
  return stageResource(await findDefinition(ask, project, id), stage);
}

function readNamed(_ask: Ask, _project: ProjectRow, fields: Fields): Promise<Resource> {
  requireOnly(fields, ['type', 'name']);
  const name = readName(fields.text('name'), 'A lock');
  return Promise.resolve({ type: 'named', id: name.toLowerCase(), name });
}

function requireOnly(fields: Fields, known: readonly string[]): void {
  const folded = known.map((name) => name.toLowerCase());
  for (const [name] of fields.entries()) {
    if (!folded.includes(name.toLowerCase()))
      throw badRequest(`"resource" of this type has no property "${name.slice(0, 60)}".`);
  }
}
