import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { architecture, detectCapabilities, operatingSystem } from '../../src/capabilities/capabilities.ts';
import { temporaryFolder } from '../support/scene.ts';

const IDENTITY = { name: 'a', version: '1', homeDirectory: '/work' };

async function folderWith(programs: Readonly<Record<string, string>>): Promise<string> {
  const folder = await temporaryFolder();
  for (const [name, text] of Object.entries(programs)) {
    await writeFile(join(folder, name), `#!/bin/sh\n${text}\n`);
    await chmod(join(folder, name), 0o755);
  }
  return folder;
}

describe('detectCapabilities', () => {
  it('finds tools by their programs; docker only when it answers', async () => {
    const folder = await folderWith({ mvn: '', sqlpackage: '', docker: 'exit 1', podman: 'echo 5' });
    const found = await detectCapabilities(IDENTITY, { PATH: folder }, {});
    expect(found).toMatchObject({ maven: join(folder, 'mvn'), sqlpackage: join(folder, 'sqlpackage') });
    expect(found).toMatchObject({ podman: join(folder, 'podman'), 'Agent.HomeDirectory': '/work' });
    expect(found).not.toHaveProperty('docker');
    expect(found).not.toHaveProperty('git');
  });

  it('keeps one of two names that differ in case, the higher source, and cuts long values (AGENT-3)', async () => {
    const found = await detectCapabilities(
      IDENTITY,
      { 'agent.name': 'x', Long: 'y'.repeat(9_000) },
      { LONG2: 'z' },
    );
    expect(found['Agent.Name']).toBe('a');
    expect(found).not.toHaveProperty('agent.name');
    expect(found['Long']).toHaveLength(4_096);
    expect(found['LONG2']).toBe('z');
  });

  it.each([
    ['PWD', '/here'],
    ['DB_PASSWORD', '***'],
    ['GITHUB_TOKEN', '***'],
    ['AWS_ACCESS_KEY_ID', '***'],
    ['KEYBOARD', '/here'],
  ])('shows %s as %s', async (name, expected) => {
    expect((await detectCapabilities(IDENTITY, { [name]: '/here' }, {}))[name]).toBe(expected);
  });
});

describe('the names of platforms', () => {
  it.each([
    ['linux', 'Linux'],
    ['darwin', 'Darwin'],
    ['win32', 'Windows_NT'],
  ] as const)('%s → %s', (platform, expected) => {
    expect(operatingSystem(platform)).toBe(expected);
  });

  it.each([
    ['x64', 'X64'],
    ['ia32', 'X86'],
    ['arm64', 'ARM64'],
    ['arm', 'ARM'],
  ])('%s → %s', (name, expected) => {
    expect(architecture(name)).toBe(expected);
  });
});
