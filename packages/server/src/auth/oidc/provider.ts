import type { Instant } from '@signalbox/model';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientSecretBasic,
  ClientSecretPost,
  clockSkew,
  clockTolerance,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
  type ClientAuth,
  type Configuration,
} from 'openid-client';
import { CLOCK_SKEW_MS, PROVIDER_DOCUMENT_MS } from '../../limits.ts';
import type { Outbound } from '../../outbound/outbound.ts';
import type { Attempt } from './attempt.ts';
import { guardedFetch } from './guarded-fetch.ts';
import { identityOf, lacksClaims, type Claims, type Identity } from './identity.ts';
import { SignInRefused, whyRefused } from './refused.ts';
import type { OidcSettings } from './settings.ts';

/** The provider that signs people in, by an authorization code with PKCE, state and nonce. */
export interface OidcProvider {
  readonly settings: OidcSettings;
  /** Where the provider sends browsers back to. */
  callback(): URL;
  /** Where to send the browser, and what it has to keep meanwhile. Throws a `SignInRefused`. */
  begin(to: string): Promise<{ readonly url: URL; readonly attempt: Attempt }>;
  /** Who came back: `query` is that of the callback. Throws a `SignInRefused`. */
  finish(query: string, attempt: Attempt): Promise<Identity>;
}

/** What a provider is reached with. */
interface Surroundings {
  readonly outbound: Outbound;
  readonly clock: () => Instant;
  /** The address of this server as browsers see it, without a slash. */
  readonly root: () => string;
}

/** Nothing is asked of the provider before somebody signs in: a server starts while its provider is away. */
export function createOidcProvider(settings: OidcSettings, around: Surroundings): OidcProvider {
  const documents = keptDocuments(settings, around);
  const callback = (): URL => new URL(`${around.root()}/signin/oidc/callback`);
  return {
    settings,
    callback,
    async begin(to) {
      try {
        const config = await documents();
        const attempt: Attempt = {
          state: randomState(),
          nonce: randomNonce(),
          verifier: randomPKCECodeVerifier(),
          to,
          begunAt: around.clock(),
        };
        return { url: await addressOf(config, attempt, { settings, callback }), attempt };
      } catch (error) {
        throw whyRefused(error);
      }
    },
    async finish(query, attempt) {
      const url = callback();
      url.search = query;
      try {
        return identityOf(await claimsFrom(await documents(), url, { attempt, settings }), settings);
      } catch (error) {
        throw whyRefused(error);
      }
    },
  };
}

/** What the provider says about itself is kept for an hour; several who come at once ask for it once. */
function keptDocuments(settings: OidcSettings, around: Surroundings): () => Promise<Configuration> {
  let kept: { readonly until: Instant; readonly config: Promise<Configuration> } | undefined;
  return async () => {
    if (kept !== undefined && around.clock() < kept.until) return kept.config;
    const config = discover(settings, around);
    const mine = (kept = { until: around.clock() + PROVIDER_DOCUMENT_MS, config });
    config.catch(() => {
      if (kept === mine) kept = undefined;
    });
    return config;
  };
}

async function discover(settings: OidcSettings, { outbound, clock }: Surroundings): Promise<Configuration> {
  const { issuer, clientId } = settings;
  const isLocal = issuer.protocol === 'http:';
  return discovery(
    issuer,
    clientId,
    { [clockTolerance]: CLOCK_SKEW_MS / 1000, [clockSkew]: Math.round((clock() - Date.now()) / 1000) },
    authenticationOf(settings),
    {
      [customFetch]: guardedFetch(outbound),
      // The signature is looked at even where TLS vouches for the sender.
      execute: [enableNonRepudiationChecks, ...(isLocal ? [allowInsecureRequests] : [])],
    },
  );
}

/** By header where the provider takes it, which is what it takes unless it says otherwise; else in the body. */
function authenticationOf({ clientSecret }: OidcSettings): ClientAuth {
  if (clientSecret === undefined) return None();
  const [basic, post] = [ClientSecretBasic(clientSecret), ClientSecretPost(clientSecret)];
  return (as, ...rest) => {
    const methods = as.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
    return methods.includes('client_secret_basic') ? basic(as, ...rest) : post(as, ...rest);
  };
}

async function addressOf(
  config: Configuration,
  { state, nonce, verifier }: Attempt,
  { settings, callback }: Pick<OidcProvider, 'settings' | 'callback'>,
): Promise<URL> {
  return buildAuthorizationUrl(config, {
    redirect_uri: callback().href,
    scope: settings.scopes.join(' '),
    state,
    nonce,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
}

async function claimsFrom(
  config: Configuration,
  url: URL,
  { attempt, settings }: { readonly attempt: Attempt; readonly settings: OidcSettings },
): Promise<Claims> {
  const tokens = await authorizationCodeGrant(config, url, {
    expectedState: attempt.state,
    expectedNonce: attempt.nonce,
    pkceCodeVerifier: attempt.verifier,
    idTokenExpected: true,
  });
  const claims = tokens.claims();
  if (claims === undefined) throw new SignInRefused('answer-invalid', 'There is no ID token.');
  if (!lacksClaims(claims, settings) || config.serverMetadata().userinfo_endpoint === undefined)
    return claims;
  return { ...(await fetchUserInfo(config, tokens.access_token, claims.sub)), ...claims };
}
