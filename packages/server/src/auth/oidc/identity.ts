import { MAX_APPROVER_NAME } from '@signalbox/model';
import { SignInRefused } from './refused.ts';
import { countsGroups, type OidcSettings } from './settings.ts';

/** What a provider says of somebody, signed. */
export type Claims = Readonly<Record<string, unknown>> & { readonly iss: string; readonly sub: string };

/** Somebody whom the provider knows and the settings let in. */
export interface Identity {
  readonly issuer: string;
  /** What the issuer calls the person: it is never given to another one. */
  readonly subject: string;
  /** The name of the user, if there is none yet. */
  readonly name: string;
  readonly displayName: string;
  /** Empty when the provider does not vouch for one. */
  readonly mail: string;
  /** Groups of the provider, in its words. */
  readonly groups: readonly string[];
}

/** Whether claims that the settings need are not there; then the provider is asked once more. */
export function lacksClaims(claims: Claims, settings: OidcSettings): boolean {
  const needed = [
    settings.nameClaim,
    ...(settings.allowedDomains.length > 0 ? ['email'] : []),
    ...(countsGroups(settings) ? [settings.groupsClaim] : []),
  ];
  return needed.some((name) => claims[name] === undefined);
}

/** Reads the claims, and refuses who is not let in. */
export function identityOf(claims: Claims, settings: OidcSettings): Identity {
  const who = `the subject ${cut(claims.sub)} of ${cut(claims.iss)}`;
  const groups = groupsIn(claims, settings, who);
  const mail = mailIn(claims);
  if (!isLetIn({ mail, groups }, settings))
    throw new SignInRefused('not-allowed', `Neither domain nor group lets ${who} in.`);
  const name = textIn(claims, settings.nameClaim);
  if (name === '' || name.length > MAX_APPROVER_NAME || /[\p{Cc}\\/]/u.test(name))
    throw new SignInRefused('name-missing', `The claim ${settings.nameClaim} gives ${who} no name.`);
  const shown = textIn(claims, 'name').slice(0, LONGEST_SHOWN);
  const isShown = shown !== '' && !/\p{Cc}/u.test(shown);
  return {
    issuer: claims.iss,
    subject: claims.sub,
    name,
    displayName: isShown ? shown : name,
    mail,
    groups,
  };
}

const LONGEST_SHOWN = 256;
const LONGEST_MAIL = 320;

function isLetIn(
  { mail, groups }: Pick<Identity, 'mail' | 'groups'>,
  { allowedDomains, allowedGroups }: OidcSettings,
): boolean {
  if (allowedDomains.length === 0 && allowedGroups.length === 0) return true;
  const domain = mail.slice(mail.lastIndexOf('@') + 1).toLowerCase();
  return (
    (mail !== '' && allowedDomains.includes(domain)) || groups.some((one) => allowedGroups.includes(one))
  );
}

/** An address counts only when the provider says that it made sure of it. */
function mailIn(claims: Claims): string {
  const verified = claims['email_verified'];
  const mail = textIn(claims, 'email');
  const isMail = mail.length <= LONGEST_MAIL && /^[^@\s\p{Cc}]+@[^@\s\p{Cc}]+$/u.test(mail);
  return isMail && (verified === true || verified === 'true') ? mail : '';
}

function groupsIn(claims: Claims, settings: OidcSettings, who: string): readonly string[] {
  if (!countsGroups(settings)) return [];
  const { groupsClaim } = settings;
  // Providers leave a long list out and say where to ask for it; taking that for "in no group" would take rights away.
  const elsewhere = claims['_claim_names'];
  if (typeof elsewhere === 'object' && elsewhere !== null && groupsClaim in elsewhere)
    throw new SignInRefused('too-many-groups', `The claim ${groupsClaim} of ${who} is left out.`);
  const said = claims[groupsClaim];
  const list: readonly unknown[] = Array.isArray(said) ? said : [said];
  return list.filter((one) => typeof one === 'string');
}

function textIn(claims: Claims, name: string): string {
  const said = claims[name];
  return typeof said === 'string' ? said.trim() : '';
}

function cut(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, ' ').slice(0, 200);
}
