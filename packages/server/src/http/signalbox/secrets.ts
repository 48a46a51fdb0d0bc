import type { WireKeyRotation, WireSecretKeys } from '@signalbox/api';
import type { App } from '../../app.ts';
import { isUsed } from '../../secrets/is-used.ts';
import { addOwnKey, removeOwnKey } from '../../secrets/key-source.ts';
import type { RotationState } from '../../secrets/rotation.ts';
import type { Ask, Handlers } from '../ask.ts';
import { conflict, notFound } from '../problem.ts';
import { wireTime } from '../shape/common.ts';

/** The keys that secrets are sealed by. */
export const secretHandlers: Handlers<'getSecretKeys' | 'rotateSecrets' | 'forgetSecretKey'> = {
  getSecretKeys: async ({ app }) => view(app, await app.rotation.state()),
  rotateSecrets: async (ask) => rotate(ask),
  forgetSecretKey: async (ask) => forget(ask),
};

async function rotate({ app }: Ask): Promise<WireSecretKeys> {
  const { keys, sealer, rotation } = app;
  const before = await rotation.state();
  const goesOn = before !== undefined && before.finishedAt === undefined;
  if (keys.kind === 'own' && !goesOn) addOwnKey(keys.file);
  if (sealer.ring().keys.length === 1) {
    const message =
      `There is one key, and it does not come from the data folder (${keys.kind}). ` +
      'Put a new one in front of it there, start every server again, then rotate.';
    throw conflict('SecretKeyException', message);
  }
  return view(app, await rotation.begin());
}

async function forget(ask: Ask): Promise<undefined> {
  const { keys, sealer, rotation } = ask.app;
  const id = ask.param('key').toLowerCase();
  const key = sealer.ring().keys.find((one) => one.id === id);
  if (key === undefined) throw notFound('SecretKey', `The key ${id.slice(0, 40)}`);
  if (keys.kind !== 'own') {
    const message = `The keys do not come from the data folder (${keys.kind}). Take the key out there, and start again.`;
    throw conflict('SecretKeyException', message);
  }
  const state = await rotation.state();
  const isOver = state?.finishedAt !== undefined && state.to === sealer.ring().active.id;
  if (id === sealer.ring().active.id || !isOver || (await isUsed(ask.app, id))) {
    const message = `The key ${id} is in use. Rotate, and forget it when the rotation is over.`;
    throw conflict('SecretKeyException', message);
  }
  removeOwnKey(keys.file, id);
  await ask.reply.code(204).send();
  return undefined;
}

function view({ keys, sealer }: App, state: RotationState | undefined): WireSecretKeys {
  const ring = sealer.ring();
  return {
    source: keys.kind,
    keys: ring.keys.map(({ id }) => ({ id, active: id === ring.active.id })),
    ...(state !== undefined && { rotation: rotationView(state) }),
  };
}

function rotationView({ startedAt, finishedAt, ...rest }: RotationState): WireKeyRotation {
  return {
    state: finishedAt === undefined ? 'running' : 'finished',
    ...rest,
    startedAt: wireTime(startedAt),
    ...(finishedAt !== undefined && { finishedAt: wireTime(finishedAt) }),
  };
}
