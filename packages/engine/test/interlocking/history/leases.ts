import type { CallerChannel, InterlockingMessage } from '@signalbox/engine';
import type { Choice, Scene } from './scene.ts';

/** Somebody outside asks; now and then again. */
export function acquireLease(scene: Scene, { vary }: Choice): InterlockingMessage {
  if (vary % 5 > 0) scene.leases += 1;
  const some = Array.from({ length: scene.locks }, (_, index) => index + 1).filter(
    (id) => (vary >> id) % 2 === 1,
  );
  const locks = some.length > 0 ? some : [1 + (vary % scene.locks)];
  const seconds = [45, 120, 600][vary % 3] ?? 45;
  const request = `x${scene.leases}`;
  const asks = {
    type: 'AcquireLease',
    request,
    caller: 'tool',
    owner: ownerOf(vary),
    locks,
    seconds,
  } as const;
  return vary % 4 === 0 ? { ...asks, channel: channelOf(vary) } : asks;
}

/** Somebody outside was told at their place, or could not be; now and then at another one. */
export function tellCaller(scene: Scene, { pick, vary }: Choice): InterlockingMessage {
  const news = vary % 3 === 0 ? 'lost' : 'granted';
  const channel = channelOf(vary % 4).id;
  return {
    type: 'CallerTold',
    request: recent(scene, pick),
    channel,
    news,
    ok: vary % 5 > 0,
    message: 'told',
  };
}

function channelOf(vary: number): CallerChannel {
  const kind = vary % 8 === 0 ? 'callback' : 'azureCheck';
  return { kind, id: vary % 12 === 0 ? 'here' : 'there', shown: 'https://example.com', sealed: 'sealed' };
}

/** Somebody outside is heard of. */
export function renewLease(scene: Scene, { pick, vary }: Choice): InterlockingMessage {
  return { type: 'RenewLease', request: recent(scene, pick), owner: ownerOf(vary) };
}

/** Somebody outside is done. */
export function giveBackLease(scene: Scene, { pick, vary }: Choice): InterlockingMessage {
  const request = recent(scene, pick);
  return { type: 'ReleaseLease', request, owner: ownerOf(vary), failed: vary % 3 === 0 };
}

/** Now and then the token is not theirs. */
function ownerOf(vary: number): string {
  return vary % 11 === 0 ? 'another' : 'token';
}

function recent({ leases }: Scene, pick: number): string {
  return `x${Math.max(1, leases - (pick % 4))}`;
}
