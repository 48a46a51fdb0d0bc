import type { JobContainer } from '@signalbox/api';
import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FETCH_PAUSES_MS } from '../limits.ts';
import { callEngine, ContainerError, type EngineCalls, type EngineEnd } from './container-engine.ts';

/** Gets the image of a container, unless it is said to be there; networks fail, so it is tried more than once. */
export async function pullImage(calls: EngineCalls, container: JobContainer, temp: string): Promise<void> {
  const { image, localImage, registry } = container;
  if (localImage === true) return;
  refuseImpossible(container);
  const access = registry === undefined ? undefined : accessFile(calls, registry, temp);
  try {
    const end = await pullPatiently(calls, [
      ...(access?.before ?? []),
      'pull',
      ...(access?.after ?? []),
      image,
    ]);
    if (end.code === 0) return;
    const last = end.errors.trim().split('\n').at(-1) ?? '';
    throw new ContainerError(`The image "${image}" could not be pulled (exit code ${end.code}): ${last}`);
  } finally {
    if (access !== undefined) rmSync(access.folder, { recursive: true, force: true });
  }
}

function refuseImpossible({ image, registry, endpoint }: JobContainer): void {
  // TH12: an image is a name, never an option.
  if (image === '' || image.startsWith('-'))
    throw new ContainerError(`"${image}" is not the name of an image.`);
  if (endpoint === undefined || registry !== undefined) return;
  throw new ContainerError(
    `The service connection "${endpoint}" of the image "${image}" gives this job no password: it has none, or the stage is not authorised for it.`,
  );
}

async function pullPatiently(calls: EngineCalls, args: readonly string[]): Promise<EngineEnd> {
  for (const pause of FETCH_PAUSES_MS) {
    const end = await callEngine(calls, args);
    if (end.code === 0 || calls.stop.aborted) return end;
    calls.output.issue('warning', `The image could not be pulled. It is tried again in ${pause / 1_000} s.`);
    await calls.host.clock.sleep(pause, calls.stop);
    if (calls.stop.aborted) return end;
  }
  return callEngine(calls, args);
}

/** The credentials of a registry in a file of their own, so that they are in no command line and do not stay. */
function accessFile(
  { engine }: EngineCalls,
  { address, username, password }: NonNullable<JobContainer['registry']>,
  temp: string,
): { readonly folder: string; readonly before: readonly string[]; readonly after: readonly string[] } {
  const folder = join(temp, `registry-${randomUUID()}`);
  const file = join(folder, 'config.json');
  const auth = Buffer.from(`${username}:${password}`, 'utf8').toString('base64');
  mkdirSync(folder, { mode: 0o700 });
  writeFileSync(file, JSON.stringify({ auths: { [registryKey(address)]: { auth } } }), { mode: 0o600 });
  return engine.name === 'docker'
    ? { folder, before: ['--config', folder], after: [] }
    : { folder, before: [], after: ['--authfile', file] };
}

/** The engines know registries by their hosts, Docker's own by an address of old. */
function registryKey(address: string): string {
  const host = address.replace(/^[a-z]+:\/\//i, '').replace(/\/.*$/, '');
  return /(?:^|\.)docker\.(?:io|com)$/i.test(host) ? 'https://index.docker.io/v1/' : host;
}
