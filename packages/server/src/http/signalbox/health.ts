import type { ReadyView } from '@signalbox/api';
import type { Ask, Handlers } from '../ask.ts';
import { OIDC_PATH } from './oidc-sign-in.ts';

/** Liveness, readiness, metrics, and what the page asks before it knows anything. */
export const healthHandlers: Handlers<'health' | 'ready' | 'metrics' | 'webConfig'> = {
  health: async () => ({ status: 'alive' }),
  ready: async (ask) => ready(ask),
  metrics: async (ask) => metrics(ask),
  webConfig: async ({ app: { organization, oidc } }) => ({
    organization,
    ...(oidc !== undefined && { signIn: { label: oidc.settings.label, url: OIDC_PATH } }),
  }),
};

// The dispatcher makes a round every ten seconds at the latest; three missed ones mean that it hangs.
const DISPATCHER_SILENT_MS = 30_000;

/** Ready means that runs can move: the database takes writes and the dispatcher makes its rounds. */
async function ready({ app, reply, now }: Ask): Promise<ReadyView> {
  const health = await app.store.health();
  const works = now - app.worker.lastRound() < DISPATCHER_SILENT_MS;
  const isReady = health.writable && works;
  if (!isReady) void reply.code(503);
  return {
    status: isReady ? 'ready' : 'notReady',
    database: health.writable ? 'writable' : 'not writable',
    dispatcher: works ? 'working' : 'silent',
  };
}

async function metrics({ app, reply }: Ask): Promise<undefined> {
  await reply.type(app.metrics.registry.contentType).send(await app.metrics.registry.metrics());
  return undefined;
}
