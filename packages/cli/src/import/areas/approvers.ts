import { ROUTES } from '@signalbox/api';
import { fold } from '@signalbox/model';
import type { Area, Thing } from '../area.ts';
import { recordOf, textOf } from '../json.ts';
import type { Remark } from '../report.ts';
import type { Side } from '../side.ts';

/** People and groups whom approvals ask: who is not known here cannot decide. Nobody is made. */
export const approverArea: Area = {
  name: 'approver',
  read: async (side) => side.known('approver').map(({ id, name }) => thingOf(id, name)),
  twins: async (target, wanted) => known(target, wanted),
  create: async () => undefined,
};

function thingOf(kind: string, name: string): Thing {
  return { name, id: kind, body: {}, byHand: remarkOf(kind, name) };
}

function remarkOf(kind: string, name: string): Remark {
  const isGroup = kind === 'group';
  return {
    code: 'approver-unknown',
    what: `Approvals ask the ${kind} ${name}, whom nobody made here.`,
    mend: isGroup
      ? `Say who is in it: signalbox groups --help`
      : `Give a person that name, or change the approvals: signalbox checks --help`,
  };
}

async function known({ remote }: Side, wanted: readonly Thing[]): Promise<readonly Thing[]> {
  const found: Thing[] = [];
  for (const one of wanted) {
    const query = { searchFilter: 'General', filterValue: one.name };
    const all = (await remote.all(ROUTES.listIdentities, { query })).map(recordOf);
    const isThere = all.some(
      (identity) =>
        fold(textOf(identity['displayName'] ?? identity['providerDisplayName'])) === fold(one.name),
    );
    if (isThere) found.push(one);
  }
  return found;
}
