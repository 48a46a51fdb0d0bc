import { ROUTES, type Collection, type WireLocation } from '@signalbox/api';
import type { Ask, Handlers } from '../ask.ts';
import { collection } from '../shape/common.ts';
import { nameGuid } from '../../guid.ts';
import { ABSENT_LOCATIONS } from './absent-areas.ts';
import { LOCATIONS, type LocationRow } from './locations.generated.ts';

function location([id, area, resourceName, routeTemplate, resourceVersion]: LocationRow): WireLocation {
  // 1.0 at the least: below that, the Python SDK sends "None".
  const versions = { minVersion: '1.0', maxVersion: '7.2', releasedVersion: '7.1' };
  return { id, area, resourceName, routeTemplate, resourceVersion, ...versions };
}

/** Our own routes as locations, so that `az devops invoke --area signalbox` reaches them. */
function ownLocations(): readonly WireLocation[] {
  const found = new Map<string, WireLocation>();
  for (const route of Object.values(ROUTES)) {
    const isLock = route === ROUTES.listResourceLocks;
    if (!isLock && !route.path.startsWith('/_apis/signalbox/')) continue;
    const template = `${route.scope === 'organization' ? '' : '{project}/'}${route.path.slice(1)}`;
    const routeTemplate = template.replaceAll(/:(\w+)/g, '{$1}');
    const resource = route.path.split('/').findLast((part) => part !== '' && !part.startsWith(':')) ?? '';
    const name = /:\w+$/.test(route.path) ? `${resource}Item` : resource;
    found.set(
      routeTemplate,
      location([nameGuid('location', routeTemplate), 'signalbox', name, routeTemplate, 1]),
    );
  }
  return [...found.values()];
}

const ALL: readonly WireLocation[] = [
  ...[...LOCATIONS, ...ABSENT_LOCATIONS].map(location),
  ...ownLocations(),
];

/** `OPTIONS`: discovery (REST.md §1). */
export const locationHandlers: Handlers<'discoverRoot' | 'discover' | 'discoverArea'> = {
  discoverRoot: async () => collection(ALL),
  discover: async () => collection(ALL),
  discoverArea: async (ask) => ofArea(ask),
};

async function ofArea(ask: Ask): Promise<Collection<WireLocation>> {
  const area = ask.param('area').toLowerCase();
  return collection(ALL.filter((one) => one.area.toLowerCase() === area));
}
