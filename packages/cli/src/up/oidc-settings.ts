import { HUMAN_ROLES } from '@signalbox/api';
import { isIssuer, type GroupPair, type NewcomerRole, type OidcSettings } from '@signalbox/server';
import { readFileSync } from 'node:fs';
import { CliError, EXIT } from '../exit-codes.ts';
import type { UpOptions } from './up-options.ts';

const SECRET = 'SIGNALBOX_OIDC_CLIENT_SECRET';

/** The provider that signs people in, as the command line describes it; undefined when it names none. */
export function oidcSettings(options: UpOptions): OidcSettings | undefined {
  const { oidcIssuer, oidcClientId } = options;
  if (oidcIssuer === undefined) {
    const [stray] = Object.keys(options).filter((name) => name.startsWith('oidc'));
    if (stray !== undefined)
      throw wrong(`${optionOf(stray)} needs --oidc-issuer: the provider that it is about.`);
    return undefined;
  }
  if (oidcClientId === undefined)
    throw wrong('--oidc-issuer needs --oidc-client-id: the name under which the provider knows this server.');
  const issuer = issuerIn(oidcIssuer);
  checkAddress(options);
  const secret = secretOf(options);
  const role = roleIn(options.oidcNewcomerRole);
  return {
    issuer,
    clientId: oidcClientId,
    ...(secret !== undefined && { clientSecret: secret }),
    label: options.oidcLabel ?? issuer.host,
    scopes: scopesIn(options.oidcScopes),
    nameClaim: options.oidcNameClaim ?? 'preferred_username',
    groupsClaim: options.oidcGroupsClaim ?? 'groups',
    allowedDomains: (options.oidcAllowDomain ?? []).map(domainIn),
    allowedGroups: options.oidcAllowGroup ?? [],
    groups: (options.oidcGroup ?? []).map(pairIn),
    ...(role !== undefined && { newcomerRole: role }),
  };
}

function issuerIn(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && isIssuer(url)) return url;
  throw wrong(
    `--oidc-issuer takes the https address of a provider, or http://localhost:PORT for trying it out; ${text} is neither.`,
  );
}

/** The provider sends browsers back to one address, which it has to know; that of each caller would be another one. */
function checkAddress({ host, publicUrl }: UpOptions): void {
  const isLoopback = host === 'localhost' || host === '::1' || host.startsWith('127.');
  if (publicUrl === undefined && !isLoopback)
    throw wrong(
      '--oidc-issuer needs --public-url where others reach the server: the provider sends them back to it.',
    );
}

function secretOf({ oidcClientSecretFile: file }: UpOptions): string | undefined {
  const given = process.env[SECRET];
  if (file !== undefined && given !== undefined)
    throw wrong(`There is a secret in ${SECRET} and in --oidc-client-secret-file. Give one of them.`);
  if (file === undefined) return given;
  const text = textOf(file).trim();
  if (text !== '') return text;
  throw wrong(`The file ${file} of --oidc-client-secret-file is empty.`);
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw new CliError(EXIT.environment, `The file ${file} of --oidc-client-secret-file cannot be read.`);
  }
}

function scopesIn(text = 'openid profile email'): readonly string[] {
  const scopes = text.split(/[\s,]+/).filter((scope) => scope !== '');
  if (scopes.includes('openid')) return scopes;
  throw wrong('--oidc-scopes must have openid among them: without it a provider says of nobody who he is.');
}

function domainIn(text: string): string {
  const domain = text.trim().replace(/^@/, '').toLowerCase();
  if (/^[a-z\d-]+(?:\.[a-z\d-]+)*$/.test(domain)) return domain;
  throw wrong(
    `--oidc-allow-domain takes the domain of e-mail addresses, as in example.com; ${text} is none.`,
  );
}

function pairIn(text: string): GroupPair {
  // Groups of providers may be paths or addresses; ours come last.
  const at = text.lastIndexOf('=');
  const [theirs, ours] = [text.slice(0, Math.max(at, 0)).trim(), text.slice(at + 1).trim()];
  if (theirs !== '' && ours !== '') return { theirs, ours };
  throw wrong(
    `--oidc-group takes THEIRS=OURS: a group of the provider, and a group here; ${text} is no such pair.`,
  );
}

function roleIn(text: string | undefined): NewcomerRole | undefined {
  if (text === undefined) return undefined;
  const roles = HUMAN_ROLES.filter((one) => one !== 'administrator');
  const role = roles.find((one) => one === text);
  if (role !== undefined) return role;
  throw wrong(`--oidc-newcomer-role is one of ${roles.join(', ')}; ${text} is none of them.`);
}

/** As the command line writes it: `oidcAllowGroup` is `--oidc-allow-group`. */
function optionOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function wrong(message: string): CliError {
  return new CliError(EXIT.usage, message);
}
