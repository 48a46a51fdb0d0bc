import type { Route } from './route.ts';

/** Names of the routes of the keys of secrets. */
export type SecretRoute = 'getSecretKeys' | 'rotateSecrets' | 'forgetSecretKey';

const SECRETS = '/_apis/signalbox/secrets';

/** The keys that secrets are sealed by. Azure DevOps does not have them. */
export const SECRET_ROUTES: Readonly<Record<SecretRoute, Route>> = {
  getSecretKeys: {
    method: 'GET',
    scope: 'organization',
    path: `${SECRETS}/keys`,
    permission: 'manageSecrets',
    summary: 'Which keys secrets are sealed by, and how far the last rotation is.',
  },
  rotateSecrets: {
    method: 'POST',
    scope: 'organization',
    path: `${SECRETS}/rotation`,
    permission: 'manageSecrets',
    summary:
      'Makes a new key and seals every stored secret anew, in the background; goes on with one that goes on.',
  },
  forgetSecretKey: {
    method: 'DELETE',
    scope: 'organization',
    path: `${SECRETS}/keys/:key`,
    permission: 'manageSecrets',
    summary: 'Takes a key that seals nothing any more out of the file in the data folder.',
  },
};
