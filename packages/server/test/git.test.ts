import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkAddress, fullRef, shownAddress } from '../src/git/address.ts';
import { createRepositories, RepositoryError, type Repositories } from '../src/index.ts';
import { FILE_BYTES } from '../src/limits.ts';
import { commitFiles, git, gitRepository } from './support/repository.ts';

describe('checkAddress', () => {
  it.each([
    ['https://example.com/r.git', 'remote'],
    ['http://user:secret@127.0.0.1:3000/a/b', 'remote'],
    ['ssh://git@example.com/r.git', 'remote'],
    ['git@example.com:team/r.git', 'remote'],
    ['/srv/git/r', 'local'],
    ['file:///srv/git/r', 'local'],
  ])('takes %s', (url, kind) => {
    expect(checkAddress(url, { allowLocal: true }).kind).toBe(kind);
  });

  it.each([
    '',
    '-x',
    '--upload-pack=touch /tmp/x',
    'ext::sh -c touch% /tmp/x',
    'https://-oProxyCommand=x/r',
    'ssh://-oProxyCommand=x/r',
    '-oProxyCommand=x@host:r',
    'git@host:-x',
    'gopher://x/y',
    'relative/path',
    '../up',
    'https://a b/c',
    'https://x/\ny',
    `https://x/${'a'.repeat(3000)}`,
  ])('refuses %j', (url) => {
    expect(() => checkAddress(url, { allowLocal: true })).toThrow(RepositoryError);
  });

  it('refuses folders where they are not allowed', () => {
    expect(() => checkAddress('/srv/git/r', { allowLocal: false })).toThrow(/own disk/);
  });
});

describe('shownAddress', () => {
  it.each([
    ['https://ada:key@example.com/r.git', 'https://***@example.com/r.git'],
    ['https://key@example.com/r.git', 'https://***@example.com/r.git'],
    ['ssh://git@example.com/r.git', 'ssh://git@example.com/r.git'],
    ['ssh://git:pw@example.com/r.git', 'ssh://git:***@example.com/r.git'],
    ['git@example.com:team/r.git', 'git@example.com:team/r.git'],
    ['/srv/git/a@b', '/srv/git/a@b'],
  ])('%s is %s', (url, shown) => {
    expect(shownAddress(url)).toBe(shown);
  });
});

describe('fullRef', () => {
  it.each([
    ['main', 'refs/heads/main'],
    ['feature/a-b_c.d', 'refs/heads/feature/a-b_c.d'],
    ['refs/tags/v1.0', 'refs/tags/v1.0'],
    ['größe', 'refs/heads/größe'],
  ])('%s is %s', (branch, ref) => {
    expect(fullRef(branch)).toBe(ref);
  });

  it.each([
    '',
    '-x',
    'a b',
    'a..b',
    'a@{1}',
    'a^',
    'a~1',
    'a:b',
    'a//b',
    'a/.b',
    'a.lock',
    'a.',
    'a\u0000',
    'a/-x',
  ])('refuses %j', (branch) => {
    expect(() => fullRef(branch)).toThrow(RepositoryError);
  });
});

describe('repositories', () => {
  let folder: string;
  let source: string;
  let repositories: Repositories;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'signalbox-mirrors-'));
    source = gitRepository({ 'azure-pipelines.yml': 'one', 'deep/file.yml': 'deep' });
    repositories = createRepositories({ folder, allowLocal: true });
  });

  it('reads the files of the newest commit, and of an older one', async () => {
    const first = await repositories.open({ url: source, branch: 'main' });
    expect(await first.files.read('azure-pipelines.yml')).toBe('one');
    expect(await first.files.read('/deep/file.yml')).toBe('deep');
    const second = commitFiles(source, { 'azure-pipelines.yml': 'two' });
    const newest = await repositories.open({ url: source, branch: 'refs/heads/main' });
    expect([newest.commit, newest.commitMessage]).toEqual([second, 'A change']);
    expect(await newest.files.read('azure-pipelines.yml')).toBe('two');
    const older = await repositories.open({ url: source, branch: 'main', commit: first.commit });
    expect(await older.files.read('azure-pipelines.yml')).toBe('one');
  });

  it.each([
    'no.yml',
    'deep',
    '../etc/passwd',
    '/proc/self/environ',
    '--help',
    'deep/../../x',
    '',
    'a\u0000b',
  ])('answers that there is no file %j', async (path) => {
    const { files } = await repositories.open({ url: source, branch: 'main' });
    expect(await files.read(path)).toBeUndefined();
  });

  it('refuses a file that is too large: it is not a missing one', async () => {
    commitFiles(source, { 'large.yml': 'x'.repeat(FILE_BYTES + 1) });
    const { files } = await repositories.open({ url: source, branch: 'main' });
    await expect(files.read('large.yml')).rejects.toThrow('The file is too large.');
  });

  it('opens many at once', async () => {
    const opened = await Promise.all(
      Array.from({ length: 8 }, () => repositories.open({ url: source, branch: 'main' })),
    );
    expect(new Set(opened.map((one) => one.commit)).size).toBe(1);
  });

  it('says in one sentence what is wrong', async () => {
    await expect(repositories.open({ url: source, branch: 'nothing' })).rejects.toThrow(
      'The repository has no branch refs/heads/nothing.',
    );
    await expect(repositories.open({ url: source, branch: 'main', commit: 'f'.repeat(40) })).rejects.toThrow(
      /has no commit f+\./,
    );
    await expect(repositories.open({ url: '/no/such', branch: 'main' })).rejects.toThrow(
      /no folder \/no\/such/,
    );
    await expect(repositories.check(tmpdir())).rejects.toThrow(/is not a git repository/);
    await expect(repositories.open({ url: 'http://u:pw@127.0.0.1:9/r', branch: 'main' })).rejects.toThrow(
      expect.not.stringContaining('pw') as string,
    );
  });

  it('knows the default branch', async () => {
    expect(await repositories.defaultBranch(source)).toBe('refs/heads/main');
    const trunk = gitRepository({ a: 'b' });
    git(trunk, 'branch', '-m', 'trunk');
    expect(await repositories.defaultBranch(trunk)).toBe('refs/heads/trunk');
  });

  it('keeps mirrors and nothing else, and forgets deleted branches', async () => {
    git(source, 'branch', 'gone');
    await repositories.open({ url: source, branch: 'gone' });
    git(source, 'branch', '-D', 'gone');
    await expect(repositories.open({ url: source, branch: 'gone' })).rejects.toThrow(/no branch/);
    expect(readdirSync(join(folder, 'repositories')).every((name) => /^[\da-f]{32}\.git$/.test(name))).toBe(
      true,
    );
  });
});

describe('compare', () => {
  it('tells by ancestry how two commits stand to each other, and fetches what it lacks', async () => {
    const folder = gitRepository({ a: '1' });
    const repositories = createRepositories({
      folder: mkdtempSync(join(tmpdir(), 'signalbox-mirrors-')),
      allowLocal: true,
    });
    const first = git(folder, 'rev-parse', 'HEAD');
    const second = commitFiles(folder, { a: '2' });
    const compare = (base: string, head: string) => repositories.compare(folder, { base, head });
    expect(await compare(second, first)).toBe('older');
    expect(await compare(first, second)).toBe('newer');
    expect(await compare(first, first)).toBe('same');
    git(folder, 'switch', '--quiet', '--create', 'other', first);
    const other = commitFiles(folder, { b: '1' });
    expect(await compare(second, other)).toBe('diverged');
    git(folder, 'switch', '--quiet', '--orphan', 'alone');
    expect(await compare(second, commitFiles(folder, { c: '1' }))).toBe('diverged');
    expect(await compare(second, 'f'.repeat(40))).toBe('unknown');
    expect(await compare(second, 'main')).toBe('unknown');
    await expect(repositories.compare(`${folder}-gone`, { base: first, head: second })).rejects.toThrow(
      RepositoryError,
    );
  });
});
