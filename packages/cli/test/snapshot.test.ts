import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createPipelineFinder } from '../src/local/pipeline-finder.ts';
import { snapshot } from '../src/snapshot.ts';

const git = (folder: string, ...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.com', ...args], {
    cwd: folder,
    encoding: 'utf8',
  });

describe('snapshot', () => {
  it('holds edits and new files, leaves ignored ones out, and does not touch the repository', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'signalbox-work-'));
    git(folder, 'init', '--quiet', '--initial-branch=topic');
    writeFileSync(join(folder, 'a.txt'), 'old');
    writeFileSync(join(folder, '.gitignore'), 'secret.txt\n');
    git(folder, 'add', '--all');
    git(folder, 'commit', '--quiet', '--message', 'First');
    writeFileSync(join(folder, 'a.txt'), 'edited');
    writeFileSync(join(folder, 'new.txt'), 'new');
    writeFileSync(join(folder, 'secret.txt'), 'no');
    const before = git(folder, 'status', '--porcelain');
    const made = await snapshot(folder);
    expect(made.branch).toBe('refs/heads/topic');
    expect(git(made.repository, 'show', `${made.commit}:a.txt`)).toBe('edited');
    const files = git(made.repository, 'ls-tree', '--name-only', made.commit).trim().split('\n');
    expect(files).toEqual(['.gitignore', 'a.txt', 'new.txt']);
    expect(git(folder, 'status', '--porcelain')).toBe(before);
    await made.remove();
  });

  it('works for a folder that is no repository', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'signalbox-plain-'));
    writeFileSync(join(folder, 'p.yml'), 'steps: []\n');
    const made = await snapshot(folder);
    expect(made.branch).toBe('refs/heads/main');
    expect(git(made.repository, 'show', `${made.commit}:p.yml`)).toBe('steps: []\n');
    await made.remove();
  });
});

describe('createPipelineFinder', () => {
  it('reads below the root of the repository and nowhere else', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'signalbox-work-'));
    git(folder, 'init', '--quiet');
    mkdirSync(join(folder, 'ci'));
    writeFileSync(join(folder, 'ci', 'p.yml'), 'one');
    writeFileSync(join(folder, 'shared.yml'), 'two');
    const pipeline = await createPipelineFinder().find(join(folder, 'ci', 'p.yml'));
    expect(pipeline.path).toBe('ci/p.yml');
    expect(await pipeline.files.read('shared.yml')).toBe('two');
    expect(await pipeline.files.read('../../etc/hostname')).toBeUndefined();
    expect(await pipeline.files.read('none.yml')).toBeUndefined();
  });
});
