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

/**
 * Our own routes as locations, so that `az devops invoke --area signalbox` reaches them. It finds a location by the
 * name of its resource alone and takes the first of two, so no two have the same: `locks`, and `auditLocks`.
 */
function ownLocations(): readonly WireLocation[] {
  const own = Object.values(ROUTES).filter(
    (route) => route === ROUTES.listResourceLocks || route.path.startsWith(OWN),
  );
  const paths = [...new Set(own.map(({ path }) => path))];
  const short = paths.map((path) => resourceOf(path, 1).toLowerCase());
  return paths.map((path, index) => {
    const isShared = short.indexOf(short[index] ?? '') !== short.lastIndexOf(short[index] ?? '');
    // What may name a project has room for it: a value that a client does not have vanishes (REST.md §1.2).
    const isOfAll = own.every((route) => route.path !== path || route.scope === 'organization');
    const template = `${isOfAll ? '' : '{project}/'}${path.slice(1)}`.replaceAll(/:(\w+)/g, '{$1}');
    const name = resourceOf(path, isShared ? 2 : 1);
    return location([nameGuid('location', template), 'signalbox', name, template, 1]);
  });
}

const OWN = '/_apis/signalbox/';

/** The last fixed parts of an address as one name, with `Item` where a value follows: `auditLocks`, `locksItem`. */
function resourceOf(path: string, parts: number): string {
  const fixed = path
    .replace(OWN, '')
    .split('/')
    .filter((part) => part !== '' && !part.startsWith(':'));
  const [first = '', ...others] = fixed.slice(-parts);
  const name = first + others.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
  return /:\w+$/.test(path) ? `${name}Item` : name;
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
