import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startSignalbox, type Signalbox } from '../support/signalbox.ts';
import { waitUntil } from '../support/wait.ts';

const GROUPS = 60;
// Besides the groups, the server keeps one sealed text by which it knows its keys again.

interface Keys {
  readonly keys: readonly { readonly id: string; readonly active: boolean }[];
  readonly rotation?: { readonly state: string; readonly resealed: number };
}

describe('signalbox secrets rotate', () => {
  const dataFolder = mkdtempSync(join(tmpdir(), 'signalbox-rotate-'));
  let box: Signalbox | undefined;

  afterEach(async () => {
    await box?.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  });

  it('is finished by the next server when the first one is killed in the middle', async () => {
    box = await startSignalbox({ agents: 0, dataFolder });
    await box.rest('POST', '/_apis/projects', { name: 'Demo' });
    for (let group = 0; group < GROUPS; group += 1) {
      const variables = { word: { value: `hidden ${group}`, isSecret: true } };
      const body = { name: `g${group}`, type: 'Vsts', variables };
      await box.rest('POST', '/Demo/_apis/distributedtask/variablegroups', body);
    }
    const [old] = (await box.rest<Keys>('GET', '/_apis/signalbox/secrets/keys')).keys;
    await box.rest('POST', '/_apis/signalbox/secrets/rotation', {});
    await box.kill();
    expect(readFileSync(join(dataFolder, 'secret.key'), 'utf8').trim().split('\n')).toHaveLength(2);

    box = await startSignalbox({ agents: 0, dataFolder });
    const again = box;
    const now = (): Promise<Keys> => again.rest<Keys>('GET', '/_apis/signalbox/secrets/keys');
    await waitUntil('the rotation is finished', async () => (await now()).rotation?.state === 'finished');
    expect((await now()).rotation?.resealed).toBe(GROUPS + 1);
    const forgotten = await box.cli('secrets', 'forget', old?.id ?? '');
    expect([forgotten.code, forgotten.err]).toEqual([0, expect.stringContaining('is gone')]);
    const listed = await box.cli('secrets', 'list');
    expect(listed.out).toContain('seals and opens');
    expect(listed.out).not.toContain(old?.id);
    const rotated = await box.cli('secrets', 'rotate');
    expect(rotated.err).toMatch(/Everything is sealed by the key [0-9a-f]{8}; 61 rows/);
  });
});
