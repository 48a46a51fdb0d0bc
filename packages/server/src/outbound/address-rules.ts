import ipaddr from 'ipaddr.js';

/** A host and port that the operator opens to outgoing calls: a name, an address, or a range of addresses. */
export interface AllowedTarget {
  /** As it was written, for messages. */
  readonly text: string;
  readonly port: number;
  readonly host:
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'range'; readonly range: readonly [ipaddr.IPv4 | ipaddr.IPv6, number] };
}

/** Where a call would go: the host as the URL names it, and one address that the name stands for. */
export interface Target {
  readonly host: string;
  readonly address: string;
  readonly port: number;
}

/**
 * Reads `host:port`, `10.1.2.3:8443`, `10.1.0.0/16:443` or `[fd00::/8]:443`; undefined for anything else. The port is
 * not left out: whoever opens a private address says for which service (TH5).
 */
export function readAllowed(text: string): AllowedTarget | undefined {
  const [, bracketed, plain, digits = ''] =
    /^(?:\[([^[\]]+)\]|([^:[\]\s]+)):(\d{1,5})$/.exec(text.trim()) ?? [];
  const host = bracketed ?? plain;
  const port = Number(digits);
  if (host === undefined || port < 1 || port > 65_535) return undefined;
  const range = rangeOf(host);
  if (range !== undefined) return { text, port, host: { kind: 'range', range } };
  const isName = bracketed === undefined && /^[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?$/i.test(host);
  return isName ? { text, port, host: { kind: 'name', name: host.toLowerCase() } } : undefined;
}

/** Whether a call may go there: every public address, and what the operator allows of the private ones. */
export function mayReach(target: Target, allowed: readonly AllowedTarget[]): boolean {
  const address = parsed(target.address);
  if (address === undefined || isForbidden(address)) return false;
  return isPublic(address) || allowed.some((one) => covers(one, target, address));
}

// Kinds that an operator may open; everything that is neither these nor public stays closed, link-local first.
const OPENABLE: readonly string[] = ['loopback', 'private', 'uniqueLocal', 'carrierGradeNat'];

// Services of clouds that hand out credentials to whoever asks, at addresses that look public or private.
const METADATA: readonly string[] = ['168.63.129.16', '100.100.100.200', '192.0.0.192', 'fd00:ec2::254'];

/** Never reached, whatever is allowed: link-local addresses, the metadata services of clouds, no real hosts. */
function isForbidden(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (METADATA.includes(address.toString())) return true;
  return !isPublic(address) && !OPENABLE.includes(address.range());
}

const GLOBAL_IPV6 = ipaddr.IPv6.parseCIDR('2000::/3');

function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address.range() !== 'unicast') return false;
  // What has no registered use yet counts as unicast; only this part of IPv6 is given out at all.
  return address.kind() === 'ipv4' || address.match(GLOBAL_IPV6);
}

function covers({ port, host }: AllowedTarget, target: Target, address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (port !== target.port) return false;
  if (host.kind === 'name') return host.name === target.host.toLowerCase();
  const [base] = host.range;
  return base.kind() === address.kind() && address.match(host.range as [ipaddr.IPv4, number]);
}

/** An IPv4 address inside an IPv6 one is that IPv4 address. */
function parsed(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  return ipaddr.isValid(text) ? ipaddr.process(text) : undefined;
}

function rangeOf(text: string): readonly [ipaddr.IPv4 | ipaddr.IPv6, number] | undefined {
  if (text.includes('/')) return ipaddr.isValidCIDR(text) ? ipaddr.parseCIDR(text) : undefined;
  const isAddress = ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text);
  const address = isAddress ? parsed(text) : undefined;
  return address && [address, address.kind() === 'ipv4' ? 32 : 128];
}
