import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { mayReach, type AllowedTarget } from './address-rules.ts';
import { failed, type CheckedAddresses } from './outbound.ts';

/** All addresses of a name, as the system's resolver has them; throws when there are none. */
export type Resolver = (host: string) => Promise<readonly string[]>;

/** The system's resolver. */
export const systemResolver: Resolver = async (host) => {
  const found = await lookup(host, { all: true, verbatim: true });
  return found.map(({ address }) => address);
};

/** What may be called, and what never. */
export interface OutboundRules {
  /** Private and loopback targets that the operator opens. */
  readonly allowed: readonly AllowedTarget[];
  /** Hosts and ports that stay closed, whatever is allowed: the server's own database. */
  readonly denied: readonly { readonly host: string; readonly port: number }[];
  readonly resolve: Resolver;
}

/** Looks the host of a URL up, and refuses it when one of its addresses may not be reached. */
export async function checkedAddresses(url: URL, rules: OutboundRules): Promise<CheckedAddresses> {
  const host = hostOf(url);
  const port = portOf(url);
  const addresses = await addressesOf(host, rules.resolve);
  if (addresses.length === 0) return failed('name-unknown', `The host ${host} has no address.`);
  for (const address of addresses) {
    const isOpen = mayReach({ host, address, port }, rules.allowed);
    if (!isOpen || (await isDenied(address, port, rules))) return denial(host, port, address);
  }
  return { kind: 'addresses', addresses };
}

/** Without the brackets of an IPv6 address. */
function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[(.*)\]$/, '$1');
}

function portOf({ port, protocol }: URL): number {
  if (port !== '') return Number(port);
  return protocol === 'https:' ? 443 : 80;
}

async function addressesOf(host: string, resolve: Resolver): Promise<readonly string[]> {
  if (isIP(host) !== 0) return [host];
  try {
    return await resolve(host);
  } catch {
    return [];
  }
}

async function isDenied(address: string, port: number, { denied, resolve }: OutboundRules): Promise<boolean> {
  for (const one of denied.filter((each) => each.port === port)) {
    if ((await addressesOf(one.host, resolve)).includes(address)) return true;
  }
  return false;
}

function denial(host: string, port: number, address: string): CheckedAddresses {
  const where = host === address ? host : `${host} (${address})`;
  const message =
    `The server may not call ${where}: it calls public addresses, and others only where it was started with ` +
    `--allow-outbound ${host.includes(':') ? `[${host}]` : host}:${port}.`;
  return failed('address-denied', message);
}
