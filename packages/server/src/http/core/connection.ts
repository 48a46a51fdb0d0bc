import type { WireConnectionData, WireConnectionUser, WireNoAreas } from '@signalbox/api';
import type { UserRow } from '@signalbox/store';
import type { Ask, Handlers } from '../ask.ts';
import { identityRef } from '../shape/common.ts';

// One empty list for every area: clients then send everything here. A partial list would send their token elsewhere
// (REST.md §0.3).
const NO_AREAS: WireNoAreas = { count: 0, value: null };

/** `connectionData`, resource areas, and the sink for telemetry (REST.md §1.2, §3.1). */
export const connectionHandlers: Handlers<'connectionData' | 'resourceAreas' | 'resourceArea' | 'telemetry'> =
  {
    connectionData: async (ask) => connectionData(ask),
    resourceAreas: async () => NO_AREAS,
    resourceArea: async () => NO_AREAS,
    async telemetry(ask) {
      await ask.reply.code(204).send();
      return undefined;
    },
  };

async function connectionData({ app, principal }: Ask): Promise<WireConnectionData> {
  const row = 'user' in principal ? await app.store.users.get(principal.user) : undefined;
  const name = 'name' in principal ? principal.name : 'anonymous';
  const user = userOf({ name, displayName: row?.displayName ?? name, mail: row?.mail ?? '' });
  return {
    authenticatedUser: user,
    authorizedUser: user,
    instanceId: app.instanceId,
    deploymentId: app.instanceId,
    // Agents decide by this whether they talk to Microsoft's cloud.
    deploymentType: 'onPremises',
    locationServiceData: {
      serviceOwner: '00000000-0000-0000-0000-000000000000',
      defaultAccessMappingMoniker: 'PublicAccessMapping',
      lastChangeId: 1,
      lastChangeId64: 1,
    },
  };
}

function userOf({
  name,
  displayName,
  mail,
}: Pick<UserRow, 'name' | 'displayName' | 'mail'>): WireConnectionUser {
  const { id, descriptor } = identityRef(name);
  return {
    id,
    descriptor: `Signalbox.Identity;${name}`,
    subjectDescriptor: descriptor,
    providerDisplayName: displayName,
    isActive: true,
    properties: { Account: { $type: 'System.String', $value: mail === '' ? name : mail } },
  };
}
