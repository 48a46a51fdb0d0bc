import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { ProjectId } from '@signalbox/model';
import type { Store } from '@signalbox/store';
import type { Sealer } from '../auth/sealer.ts';

/** An address that the server of a repository calls when something was pushed. */
export interface PushHook {
  readonly id: string;
  readonly project: ProjectId;
  /** The repository that it tells of. */
  readonly url: string;
  readonly secret: string;
}

/** What the hooks are kept in. */
export interface HookKeeper {
  readonly store: Store;
  readonly sealer: Sealer;
}

const PREFIX = 'pushhook:';

/** Makes a hook; who knows its secret can say that something was pushed, and nothing else. */
export async function addPushHook(keeper: HookKeeper, project: ProjectId, url: string): Promise<PushHook> {
  const id = randomBytes(12).toString('hex');
  const hook = { id, project, url, secret: randomBytes(32).toString('hex') };
  const { store, sealer } = keeper;
  const kept = { project, url: sealer.seal(url), secret: sealer.seal(hook.secret) };
  await store.settings.set(PREFIX + id, JSON.stringify(kept));
  return hook;
}

/** The hook of an id; undefined when there is none. */
export async function findPushHook({ store, sealer }: HookKeeper, id: string): Promise<PushHook | undefined> {
  const value = /^[\da-f]{24}$/.test(id) ? await store.settings.get(PREFIX + id) : undefined;
  return value === undefined ? undefined : hookOf(id, value, sealer);
}

/** The hooks of a project. */
export async function pushHooks(
  { store, sealer }: HookKeeper,
  project: ProjectId,
): Promise<readonly PushHook[]> {
  const kept = await store.settings.list(PREFIX);
  const all = kept.map(({ key, value }) => hookOf(key.slice(PREFIX.length), value, sealer));
  return all.filter((hook) => hook.project === project);
}

/** Ends a hook of a project; false when there is none. */
export async function removePushHook(keeper: HookKeeper, project: ProjectId, id: string): Promise<boolean> {
  const hook = await findPushHook(keeper, id);
  return hook?.project === project && keeper.store.settings.remove(PREFIX + id);
}

function hookOf(id: string, value: string, sealer: Sealer): PushHook {
  const { project, url, secret } = JSON.parse(value) as Omit<PushHook, 'id'>;
  return { id, project, url: sealer.open(url), secret: sealer.open(secret) };
}

/** The headers by which a caller proves that it knows the secret. */
export type SignedHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Whether a call proves that it knows the secret: GitHub and Gitea sign the body, GitLab sends a token, Azure DevOps a
 * password. A call that is sent again proves as much, and does nothing: what was seen is not seen again.
 */
export function isSigned(
  { secret }: Pick<PushHook, 'secret'>,
  headers: SignedHeaders,
  body: string,
): boolean {
  const signed = `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
  const basic = /^basic +(\S+)$/i.exec(textOf(headers['authorization']))?.[1] ?? '';
  const password = Buffer.from(basic, 'base64')
    .toString('utf8')
    .replace(/^[^:]*:/, '');
  return (
    isSame(textOf(headers['x-hub-signature-256']), signed) ||
    isSame(textOf(headers['x-gitlab-token']), secret) ||
    isSame(password, secret)
  );
}

function textOf(header: string | readonly string[] | undefined): string {
  return typeof header === 'string' ? header : '';
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
