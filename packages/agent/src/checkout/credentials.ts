import type { JobCredentials, JobRepository } from '@signalbox/api';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { GIT_DONE, type GitEnd } from './git.ts';
import type { RepositoryAccess } from './repository-access.ts';
import type { Sources } from './sources.ts';

/** Beside git's own settings in the repository's folder, while `persistCredentials` keeps them for later steps. */
const FILE = 'signalbox-credentials';

/**
 * How a repository is reached: the credentials of its address, or those of its service connection. Other
 * transports than HTTP bring their own, such as the key of ssh.
 */
export function accessTo({ url, credentials }: JobRepository): RepositoryAccess {
  const match = /^(https?:\/\/)([^/@]*@)?([^/]*)(.*)$/i.exec(url);
  if (match === null) return { url, config: {} };
  const [, scheme = '', own = '', host = '', path = ''] = match;
  const user = credentials ?? ofAddress(own.slice(0, -1));
  const bare = `${scheme}${host}${path}`;
  if (user === undefined) return { url: bare, config: {} };
  const header = `AUTHORIZATION: basic ${basicOf(user)}`;
  return { url: bare, config: { [`http.${scheme}${host}/.extraheader`]: header } };
}

/** Everything of a repository's credentials that must not be shown, as it is given and as it is sent (SEC-1). */
export function repositorySecrets({ url, credentials }: JobRepository): readonly string[] {
  const written = /^[a-z][a-z0-9+.-]*:\/\/([^/@]*)@/i.exec(url)?.[1] ?? '';
  const own = ofAddress(written);
  const raw = written.includes(':') ? [written.slice(written.indexOf(':') + 1)] : [];
  return [
    ...raw,
    ...[own, credentials].flatMap((one) => (one === undefined ? [] : [one.password, basicOf(one)])),
  ];
}

function basicOf({ username, password }: JobCredentials): string {
  return Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
}

function ofAddress(text: string): JobCredentials | undefined {
  if (text === '') return undefined;
  const [username = '', ...rest] = text.split(':');
  return { username: decoded(username), password: decoded(rest.join(':')) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Leaves the credentials to later steps of the job (CO-3): in a file of their own that no command line names. */
export async function persistCredentials({ folder, access, ask }: Sources): Promise<GitEnd> {
  if (Object.keys(access.config).length === 0) return GIT_DONE;
  const sections = Object.entries(access.config).map(([key, value]) => {
    const address = key.slice('http.'.length, -'.extraheader'.length);
    return `[http "${address}"]\n\textraheader = ${value}\n`;
  });
  writeFileSync(join(folder, '.git', FILE), sections.join(''), { mode: 0o600 });
  return ask('config', 'include.path', FILE);
}

/** Takes them away; a folder that a killed agent left may still have them. Nothing to do is no mistake. */
export async function forgetCredentials(sources: Pick<Sources, 'folder' | 'ask'>): Promise<GitEnd> {
  rmSync(join(sources.folder, '.git', FILE), { force: true });
  await sources.ask('config', '--unset-all', 'include.path', FILE);
  return GIT_DONE;
}
