import { SIGN_IN_REFUSALS, signInRefusalNamed } from '@signalbox/api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openAttempt, returnPath, sealAttempt } from '../../src/auth/oidc/attempt.ts';
import { identityOf, type Claims } from '../../src/auth/oidc/identity.ts';
import { SignInRefused } from '../../src/auth/oidc/refused.ts';
import { isIssuer, type OidcSettings } from '../../src/auth/oidc/settings.ts';

const SETTINGS: OidcSettings = {
  issuer: new URL('https://id.example'),
  clientId: 'signalbox',
  label: 'Contoso',
  scopes: ['openid'],
  nameClaim: 'preferred_username',
  groupsClaim: 'groups',
  allowedDomains: [],
  allowedGroups: [],
  groups: [],
};

const ANN: Claims = {
  iss: 'https://id.example',
  sub: '42',
  preferred_username: 'ann',
  email: 'ann@Example.com',
  email_verified: true,
  groups: ['staff'],
};

/** `in`, or why not. */
function fate(settings: Partial<OidcSettings>, claims: Partial<Claims>): string {
  try {
    identityOf({ ...ANN, ...claims }, { ...SETTINGS, ...settings });
    return 'in';
  } catch (error) {
    if (error instanceof SignInRefused) return error.code;
    throw error;
  }
}

describe('whom the settings let in', () => {
  const example = { allowedDomains: ['example.com'] };
  const staff = { allowedGroups: ['staff'] };
  const cases: readonly (readonly [string, Partial<OidcSettings>, Partial<Claims>, string])[] = [
    ['everybody, where nothing is said', {}, {}, 'in'],
    ['a verified address of the domain', example, {}, 'in'],
    ['one that is verified in words', example, { email_verified: 'true' }, 'in'],
    ['an address of another domain', { allowedDomains: ['ample.com'] }, {}, 'not-allowed'],
    ['an address of a domain below it', example, { email: 'ann@eu.example.com' }, 'not-allowed'],
    ['an address that nobody made sure of', example, { email_verified: false }, 'not-allowed'],
    ['an address of which nothing is said', example, { email_verified: undefined }, 'not-allowed'],
    ['an address with two domains', example, { email: 'x@example.com@evil.example' }, 'not-allowed'],
    ['an address with another line', example, { email: 'x@evil.example\n@example.com' }, 'not-allowed'],
    ['no address', example, { email: undefined }, 'not-allowed'],
    ['a group', staff, {}, 'in'],
    ['a group as a single word', staff, { groups: 'staff' }, 'in'],
    ['a group in other letters', { allowedGroups: ['Staff'] }, {}, 'not-allowed'],
    ['no groups', staff, { groups: undefined }, 'not-allowed'],
    ['groups that are none', staff, { groups: [{ staff: true }, 7] }, 'not-allowed'],
    ['either of both', { ...staff, allowedDomains: ['other.example'] }, {}, 'in'],
    ['groups that are kept elsewhere', staff, { _claim_names: { groups: 'src1' } }, 'too-many-groups'],
    ['groups elsewhere that nobody asks for', {}, { _claim_names: { groups: 'src1' } }, 'in'],
    ['another claim as the name', { nameClaim: 'email' }, {}, 'in'],
    ['no name', {}, { preferred_username: ' ' }, 'name-missing'],
    ['a name that is no text', {}, { preferred_username: 7 }, 'name-missing'],
    ['a name with a slash', {}, { preferred_username: 'CORP\\ann' }, 'name-missing'],
    ['a name of more characters than any', {}, { preferred_username: 'a'.repeat(101) }, 'name-missing'],
  ];
  it.each(cases)('%s', (_, settings, claims, expected) => expect(fate(settings, claims)).toBe(expected));

  it('are shown by their name where they have no better one', () => {
    expect(identityOf({ ...ANN, name: ' ' }, SETTINGS)).toMatchObject({ displayName: 'ann' });
    expect(identityOf({ ...ANN, name: 'A\nB' }, SETTINGS)).toMatchObject({ displayName: 'ann' });
    expect(identityOf({ ...ANN, name: 'Ann Lee' }, SETTINGS)).toMatchObject({ displayName: 'Ann Lee' });
  });
});

describe('the page to open afterwards', () => {
  it.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '/\tevil.example',
    '/./\\evil.example',
    '/.//evil.example',
    '/x/..//evil.example',
    '/%2e//evil.example',
    'javascript:alert(1)',
    'evil.example',
    '/signin/oidc',
    '/SIGNOUT',
    `/${'a'.repeat(2000)}`,
    undefined,
  ])('is the first one for %j', (to) => expect(returnPath(to)).toBe('/'));

  it.each(['/', '/default/Shop/runs/5?view=log#line-7', '/default/My%20shop', '/default//x'])(
    'is %j itself',
    (to) => expect(returnPath(to)).toBe(to),
  );

  it('is never one of another site', () => {
    const bits = fc.constantFrom(
      '/',
      '\\',
      '.',
      '..',
      '@',
      ':',
      '%2f',
      '\t',
      'http:',
      'evil.example',
      '?',
      '#',
    );
    const texts = fc.oneof(
      fc.webUrl(),
      fc.string(),
      fc.array(bits, { maxLength: 8 }).map((all) => all.join('')),
    );
    const home = 'https://ci.example';
    fc.assert(
      fc.property(
        texts,
        (to) => new URL(returnPath(to), home).origin === home && !returnPath(to).startsWith('//'),
      ),
    );
  });
});

describe('an attempt', () => {
  const attempt = { state: 's', nonce: 'n', verifier: 'v', to: '/', begunAt: 1 };
  const sealer = {
    seal: (value: string) => `{sealed:${Buffer.from(value).toString('base64url')}}`,
    open: (text: string) =>
      text.replace(/\{sealed:([^}]+)\}/g, (_, body: string) => Buffer.from(body, 'base64url').toString()),
  };

  it('is what was sealed as one, and nothing else', () => {
    const sealed = sealAttempt(sealer, attempt);
    expect(openAttempt(sealer, sealed)).toMatchObject(attempt);
    expect(openAttempt(sealer, sealer.seal('a secret'))).toBeUndefined();
    expect(openAttempt(sealer, sealer.seal('{}'))).toBeUndefined();
    expect(openAttempt(sealer, JSON.stringify({ kind: 'oidc-attempt', ...attempt }))).toBeUndefined();
    expect(openAttempt(sealer, `{"kind":"oidc-attempt","z":${sealed}}`)).toBeUndefined();
  });
});

describe('an issuer', () => {
  it.each([
    ['https://id.example/realms/x', true],
    ['https://10.0.0.5:8443', true],
    ['http://localhost:8080', true],
    ['http://127.0.0.1:8080/realms/x', true],
    ['http://id.example', false],
    ['http://127.0.0.1.evil.example', false],
    ['https://user@id.example', false],
    ['https://id.example/?x=1', false],
    ['ftp://localhost', false],
  ])('%s: %s', (url, expected) => expect(isIssuer(new URL(url))).toBe(expected));
});

describe('refusals of signing in', () => {
  it('say in whole sentences what is wrong and what to do', () => {
    for (const { wrong, mend } of Object.values(SIGN_IN_REFUSALS)) {
      expect(wrong).toMatch(/^[A-Z].*\.$/);
      expect(mend).toMatch(/^[A-Z].*\.$/);
    }
    expect(signInRefusalNamed('denied')).toBe(SIGN_IN_REFUSALS.denied);
    expect(signInRefusalNamed('toString')).toBeUndefined();
  });
});
