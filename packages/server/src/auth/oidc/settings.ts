import type { HumanRole } from '@signalbox/api';

/** A role that a newcomer may get: nobody administers anything because he came by. */
export type NewcomerRole = Exclude<HumanRole, 'administrator'>;

/** Which OpenID Connect provider signs people in, and whom it lets in as what. */
export interface OidcSettings {
  /** `https:`; `http:` on a loopback address only. */
  readonly issuer: URL;
  readonly clientId: string;
  /** Absent: the provider knows this server as a public client, which proves itself by PKCE alone. */
  readonly clientSecret?: string;
  /** What the button of the sign-in page says. */
  readonly label: string;
  /** What is asked for; `openid` is among it. */
  readonly scopes: readonly string[];
  /** The claim that is the name of a user here. */
  readonly nameClaim: string;
  /** The claim that lists groups. */
  readonly groupsClaim: string;
  /** Domains of verified e-mail addresses that are let in, in lower case; none: all. */
  readonly allowedDomains: readonly string[];
  /** Groups of the provider that are let in; none: all. */
  readonly allowedGroups: readonly string[];
  /** Which group of the provider is which group here. */
  readonly groups: readonly GroupPair[];
  /** What a newcomer may do in the organisation. Default: nothing. */
  readonly newcomerRole?: NewcomerRole;
}

/** A group of the provider, and the group here that its members are in. */
export interface GroupPair {
  readonly theirs: string;
  readonly ours: string;
}

/** Whether an address may be an issuer: `https`, or `http` on this very machine, without anything behind the path. */
export function isIssuer(url: URL): boolean {
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && local);
  return safe && url.search === '' && url.hash === '' && url.username === '' && url.password === '';
}

/** Whether groups of the provider count at all. */
export function countsGroups({ allowedGroups, groups }: OidcSettings): boolean {
  return allowedGroups.length > 0 || groups.length > 0;
}
