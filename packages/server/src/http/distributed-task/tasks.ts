import type { WireTask } from '@signalbox/api';
import { fold } from '@signalbox/model';
import type { TaskPackageRow } from '@signalbox/store';
import { callerName } from '../../auth/principal.ts';
import { TASK_PACKAGE } from '../../limits.ts';
import { readTaskZip } from '../../tasks/read-task-zip.ts';
import type { Ask, Handlers } from '../ask.ts';
import { badRequest, conflict, notFound, Problem } from '../problem.ts';
import { readContent } from '../read/content.ts';
import { collection, identityRef, wireTime } from '../shape/common.ts';

/** Task packages (REST.md §3.8): the stock `tfx build tasks upload` speaks to the same routes. */
export const taskHandlers: Handlers<
  'listTasks' | 'listTaskVersions' | 'downloadTask' | 'installTask' | 'removeTask' | 'removeTaskVersions'
> = {
  listTasks: async (ask) => collection((await ask.app.store.taskPackages.list()).map(wireTask)),
  async listTaskVersions(ask) {
    const one = ask.query.text('versionString');
    return one === undefined ? collection((await versionsOf(ask)).map(wireTask)) : download(ask, one);
  },
  downloadTask: async (ask) => download(ask, ask.param('versionString')),
  installTask: async (ask) => install(ask),
  async removeTask(ask) {
    return remove(ask, [await find(ask, ask.param('versionString'))]);
  },
  async removeTaskVersions(ask) {
    return remove(ask, await versionsOf(ask));
  },
};

async function versionsOf(ask: Ask): Promise<readonly TaskPackageRow[]> {
  const id = fold(ask.param('taskId'));
  const rows = (await ask.app.store.taskPackages.list()).filter(({ manifest }) => manifest.id === id);
  if (rows.length === 0) throw notFound('TaskDefinition', `The task ${id.slice(0, 40)}`);
  return rows;
}

async function download(ask: Ask, version: string): Promise<WireTask | undefined> {
  const row = await find(ask, version);
  if (!(ask.request.headers.accept ?? '').toLowerCase().includes('application/zip')) return wireTask(row);
  const zip = await ask.app.blobs.open(row.sha256);
  if (zip === undefined) throw notFound('TaskDefinition', `The package of ${row.manifest.name}`);
  await ask.reply.type('application/zip').header('cache-control', 'no-store').send(zip);
  return undefined;
}

async function install(ask: Ask): Promise<WireTask> {
  const { store, blobs } = ask.app;
  const zip = await readContent(ask, TASK_PACKAGE.bytes);
  const read = await readTaskZip(zip);
  if (!read.ok) throw badRequest(read.problems.join(' '));
  const { manifest } = read;
  if (manifest.id !== fold(ask.param('taskId')))
    throw badRequest(`task.json says that its id is ${manifest.id}.`);
  const rows = await store.taskPackages.list();
  const twin = rows.find(
    (row) => row.manifest.id !== manifest.id && fold(row.manifest.name) === fold(manifest.name),
  );
  if (twin !== undefined) throw taken(`Another task, ${twin.manifest.id}, has the name ${manifest.name}.`);
  const known = rows.find(
    (row) => row.manifest.id === manifest.id && row.manifest.version === manifest.version,
  );
  const put = await blobs.put(once(zip));
  if (put.kind === 'refused')
    throw new Problem(507, 'ContentRefusedException', put.message, { code: put.code });
  if (known !== undefined && known.sha256 !== put.sha256 && ask.query.flag('overwrite') !== true) {
    throw taken(`${manifest.name} ${manifest.version} is installed with another content; raise its version.`);
  }
  // Contents that runs were queued with stay: an owner only ever uses more.
  await store.blobs.use({ owner: ownerOf(manifest), project: 0 }, [put.sha256]);
  const { sha256, size } = put;
  return wireTask(await store.taskPackages.install({ manifest, sha256, size, by: callerName(ask) }));
}

async function* once(content: Buffer): AsyncGenerator<Uint8Array> {
  yield content;
}

function taken(message: string): Problem {
  return conflict('TaskDefinitionExistsException', message, 'name-taken');
}

// The content stays in use: runs that were queued with one of the versions still fetch it.
async function remove(ask: Ask, rows: readonly TaskPackageRow[]): Promise<undefined> {
  for (const { manifest } of rows) await ask.app.store.taskPackages.remove(manifest.id, manifest.version);
  await ask.reply.code(204).send();
  return undefined;
}

function ownerOf({ id, version }: { readonly id: string; readonly version: string }): string {
  return `task:${id}:${version}`;
}

async function find(ask: Ask, version: string): Promise<TaskPackageRow> {
  const row = await ask.app.store.taskPackages.get(fold(ask.param('taskId')), version);
  if (row === undefined) throw notFound('TaskDefinition', `The task in version ${version.slice(0, 40)}`);
  return row;
}

function wireTask({ manifest, sha256, size, installedBy, installedAt }: TaskPackageRow): WireTask {
  const [major = 0, minor = 0, patch = 0] = manifest.version.split('.').map(Number);
  return {
    id: manifest.id,
    name: manifest.name,
    friendlyName: manifest.title,
    description: manifest.description,
    author: manifest.author,
    version: { major, minor, patch, isTest: false },
    runsOn: manifest.runsOn,
    demands: manifest.demands,
    minimumAgentVersion: manifest.minimumAgentVersion ?? '',
    inputs: manifest.inputs.map(({ name, aliases, label, type, defaultValue, required }) => ({
      name,
      aliases,
      label,
      type,
      defaultValue,
      required,
    })),
    contentsUploaded: true,
    hostType: 'Agent',
    packageSize: size,
    packageSha256: sha256,
    installedBy: identityRef(installedBy),
    installedOn: wireTime(installedAt),
  };
}
