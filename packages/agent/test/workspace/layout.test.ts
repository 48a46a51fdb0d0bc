import { existsSync, readdirSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderNumber } from '../../src/workspace/folder-numbers.ts';
import { prepareWorkspace, type WorkspaceLayout } from '../../src/workspace/layout.ts';
import { script } from '../support/fake-server.ts';
import { eventually, scene, temporaryFolder } from '../support/scene.ts';

const DEFINITION = { project: 'Demo', definition: { id: 5, name: 'Shop' } };

type Part = 'sources' | 'binaries' | 'artifacts' | 'testResults' | 'temp' | 'tools';
const PARTS: readonly Part[] = ['sources', 'binaries', 'artifacts', 'testResults', 'temp', 'tools'];

async function litter(layout: WorkspaceLayout): Promise<void> {
  for (const part of PARTS) {
    await mkdir(join(layout[part], 'old'), { recursive: true });
    await writeFile(join(layout[part], 'old', 'file'), 'x');
  }
}

describe('prepareWorkspace', () => {
  it.each([
    [undefined, ['sources', 'binaries', 'tools']],
    ['outputs', ['sources', 'tools']],
    ['resources', ['binaries', 'tools']],
    ['all', ['tools']],
  ] as const)('with clean %s keeps %j (WS-2, WS-4)', async (clean, kept) => {
    const work = await temporaryFolder();
    await litter(await prepareWorkspace(work, DEFINITION));
    const layout = await prepareWorkspace(work, { ...DEFINITION, ...(clean === undefined ? {} : { clean }) });
    expect(PARTS.filter((part) => existsSync(join(layout[part], 'old', 'file')))).toEqual(kept);
    expect(PARTS.every((part) => existsSync(layout[part]))).toBe(true);
  });

  it('does not follow links out of the workspace', async () => {
    const [work, outside] = [await temporaryFolder(), await temporaryFolder()];
    await writeFile(join(outside, 'precious'), 'x');
    const layout = await prepareWorkspace(work, DEFINITION);
    await symlink(outside, join(layout.temp, 'link'));
    await symlink(outside, join(layout.sources, 'link'));
    await prepareWorkspace(work, { ...DEFINITION, clean: 'all' });
    expect(existsSync(join(outside, 'precious'))).toBe(true);
  });
});

describe('the workspace of a job', () => {
  it('is found again by pipeline and repository (WS-1)', async () => {
    const work = await temporaryFolder();
    const repository = { alias: 'self', name: 'shop', url: '/x', ref: '', commit: '' };
    const root = async (more: object): Promise<string> =>
      (await prepareWorkspace(work, { ...DEFINITION, ...more })).root;
    expect([
      await root({ repository }),
      await root({ definition: { id: 6, name: 'Other' } }),
      await root({ repository: { ...repository, name: 'moved' } }),
      await root({ repository, definition: { id: 5, name: 'Renamed' } }),
    ]).toEqual(['1', '2', '3', '1'].map((number) => join(work, number)));
  });

  it('has nothing temporary left when the job is over; tools stay (WS-3)', async () => {
    const { server, workFolder } = await scene();
    const job = server.enqueue([
      script('s', 'echo x | tee "$AGENT_TEMPDIRECTORY/secret" > "$AGENT_TOOLSDIRECTORY/tool"'),
    ]);
    expect((await job.finished).result).toBe('succeeded');
    await eventually('it is empty', () => readdirSync(join(workFolder, '_temp')).length === 0);
    expect(readdirSync(join(workFolder, '_tool'))).toEqual(['tool']);
  });
});

describe('folderNumber', () => {
  it('is given once per definition and kept (WS-1)', async () => {
    const work = await temporaryFolder();
    const keys = ['a', 'b', 'a', '__proto__', 'c', '__proto__'];
    expect(keys.map((key) => folderNumber(work, key))).toEqual([1, 2, 1, 3, 4, 3]);
  });

  it('does not guess when its file is damaged', async () => {
    const work = await temporaryFolder();
    await writeFile(join(work, 'folders.json'), '{"next"');
    expect(() => folderNumber(work, 'a')).toThrow('is damaged');
  });
});
