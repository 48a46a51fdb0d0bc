import { APPROVAL_CHECK, EXCLUSIVE_LOCK_CHECK, EXTENDS_CHECK, ROUTES, TASK_CHECK } from '@signalbox/api';
import { fold } from '@signalbox/model';
import type { Area, Thing } from '../area.ts';
import { recordOf, textOf, type JsonRecord } from '../json.ts';
import { PREVIEW } from '../remote.ts';
import { RemoteProblem } from '../remote-problem.ts';
import type { Side } from '../side.ts';
import { approversIn, settingsOf, wireSettings } from './check-settings.ts';
import { findProtected, protectedOf } from './protected.ts';

/** The checks of everything that is protected. */
export const checkArea: Area = { name: 'check', read, create };

/** What checks are called where they have no name of their own. */
const LABELS: Readonly<Record<string, string>> = {
  [APPROVAL_CHECK]: 'approval',
  [EXCLUSIVE_LOCK_CHECK]: 'exclusive lock',
  [EXTENDS_CHECK]: 'required template',
  [TASK_CHECK]: 'check',
};

interface Raw {
  readonly type: string;
  readonly resource: string;
  readonly check: JsonRecord;
}

async function read(side: Side): Promise<readonly Thing[]> {
  const all = await rawChecks(side);
  side.learn('approver', approversIn(all.map(({ check }) => recordOf(check['settings']))));
  const taken = new Map<string, number>();
  return all.map((raw) => {
    const name = nameOf(raw);
    const count = (taken.get(fold(name)) ?? 0) + 1;
    taken.set(fold(name), count);
    // Two of the same name on one resource are told apart by their order.
    return thingOf(side, raw, count === 1 ? name : `${name} #${count}`);
  });
}

/** Azure wants to know the resource; a Signalbox tells all of them at once, with their names. */
async function rawChecks(side: Side): Promise<readonly Raw[]> {
  const { remote, project, isSignalbox } = side;
  const list = (query: Readonly<Record<string, string>>): Promise<readonly unknown[]> => {
    const call = { path: { project }, query: { ...query, $expand: 'settings' }, version: PREVIEW };
    return remote.all(ROUTES.listChecks, call);
  };
  if (isSignalbox) {
    return (await list({})).map(recordOf).map((check) => {
      const resource = recordOf(check['resource']);
      return { type: textOf(resource['type']), resource: textOf(resource['name']), check };
    });
  }
  const found: Raw[] = [];
  for (const { type, id, name } of protectedOf(side)) {
    const checks = await list({ resourceType: type, resourceId: id });
    found.push(...checks.map((check) => ({ type, resource: name, check: recordOf(check) })));
  }
  return found;
}

function nameOf({ type, resource, check }: Raw): string {
  const settings = recordOf(check['settings']);
  const id = typeId(check);
  const own = textOf(settings['displayName']) || textOf(recordOf(settings['definitionRef'])['name']);
  const label = LABELS[id] ?? (textOf(recordOf(check['type'])['name']) || id);
  const hasName = id === TASK_CHECK && own !== '';
  return `${type} ${resource}: ${hasName ? own : label}`;
}

function typeId(check: JsonRecord): string {
  return fold(textOf(recordOf(check['type'])['id']));
}

function thingOf(side: Side, { type, resource, check }: Raw, name: string): Thing {
  return {
    name,
    id: textOf(check['id']),
    body: {
      type: typeId(check),
      resource: `${type} ${resource}`,
      timeout: check['timeout'],
      isDisabled: check['isDisabled'] === true,
      settings: settingsOf(side, recordOf(check['settings'])),
    },
  };
}

async function create(side: Side, { body }: Thing): Promise<void> {
  const text = textOf(body['resource']);
  const at = text.indexOf(' ');
  const resource = findProtected(side, text.slice(0, at), text.slice(at + 1));
  if (resource === undefined) throw new RemoteProblem('refused', `What it protects, ${text}, is not here.`);
  await side.remote.json(ROUTES.createCheck, {
    path: { project: side.project },
    body: {
      type: { id: body['type'] },
      resource: { type: resource.type, id: resource.id, name: resource.name },
      ...(typeof body['timeout'] === 'number' && { timeout: body['timeout'] }),
      isDisabled: body['isDisabled'],
      settings: wireSettings(side, recordOf(body['settings'])),
    },
  });
}
