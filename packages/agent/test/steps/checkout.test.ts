import type { JobRepository, JobStep } from '@signalbox/api';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { script } from '../support/fake-server.ts';
import { scene } from '../support/scene.ts';

interface Fixture {
  readonly first: string;
  readonly last: string;
  readonly of: (commit: string) => JobRepository;
}

/** A repository of three commits, the first of which is not the head of anything; no test changes it. */
let fixture: Fixture;
const folder = mkdtempSync(join(tmpdir(), 'signalbox-repository-'));

beforeAll(() => {
  const git = (args: readonly string[], input = ''): string =>
    execFileSync('git', args, { cwd: folder, encoding: 'utf8', input }).trim();
  const commits = ['one', 'two', 'three'].map((text, index) => {
    const message = `${text} ##vso[task.setvariable variable=injected]x`;
    return [
      'commit refs/heads/main',
      `committer T <t@example.invalid> ${1_700_000_000 + index} +0000`,
      `data ${message.length}\n${message}`,
      `M 100644 inline file.txt\ndata ${text.length}\n${text}\n`,
    ].join('\n');
  });
  git(['init', '--quiet', '--bare', '.']);
  git(['fast-import', '--quiet'], commits.join('\n'));
  const ids = git(['rev-list', '--reverse', 'main']).split('\n');
  fixture = {
    first: ids[0] ?? '',
    last: ids[2] ?? '',
    of: (commit) => ({ alias: 'self', name: 'shop', url: folder, ref: 'refs/heads/main', commit }),
  };
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function checkout(inputs: Record<string, string> = {}): Partial<JobStep> {
  return { name: 'get', task: { name: 'Checkout', version: '1' }, inputs: { repository: 'self', ...inputs } };
}

describe('checkout', () => {
  it('gets exactly the commit of the run, also when the folder has another one (CO-5)', async () => {
    const { first, last, of } = fixture;
    const { server } = await scene();
    for (const commit of [last, first]) {
      const job = server.enqueue(
        [checkout(), script('show', 'cat file.txt; git rev-parse HEAD; echo "[$(injected)]"')],
        {
          repository: of(commit),
        },
      );
      expect((await job.finished).result).toBe('succeeded');
      expect(job.text('show')).toContain(commit);
      // The commit message was in git's output; it is not obeyed (TH9).
      expect(job.text('get')).not.toContain('Processed');
    }
  });

  it('fetches as deep as it is told (CO-3)', async () => {
    const { last, of } = fixture;
    const { server } = await scene();
    const depths: string[] = [];
    for (const fetchDepth of ['1', '0', '']) {
      const job = server.enqueue(
        [checkout({ fetchDepth }), script('count', 'echo "depth $(git rev-list --count HEAD)"')],
        {
          repository: of(last),
          definition: { id: 10, name: 'd' },
        },
      );
      await job.finished;
      depths.push(/depth (\d)/.exec(job.text('count'))?.[1] ?? '');
    }
    expect(depths).toEqual(['1', '3', '1']);
  });

  it('removes what earlier runs left when asked to clean, and only then', async () => {
    const { last, of } = fixture;
    const { server } = await scene();
    const list: string[] = [];
    for (const clean of ['false', 'false', 'true']) {
      const job = server.enqueue([checkout({ clean }), script('look', 'ls; touch left-over')], {
        repository: of(last),
      });
      await job.finished;
      list.push(job.text('look').includes('left-over') ? 'dirty' : 'clean');
    }
    expect(list).toEqual(['clean', 'dirty', 'clean']);
  });

  it('goes into the folder of path, which stays inside the workspace (CO-2)', async () => {
    const { last, of } = fixture;
    const { server, workFolder } = await scene();
    const job = server.enqueue(
      [checkout({ path: 'x/y' }), script('look', 'cat "$BUILD_REPOSITORY_LOCALPATH/file.txt"')],
      {
        repository: of(last),
      },
    );
    await job.finished;
    expect(job.text('look')).toContain('three');
    for (const path of ['../2/s', '/etc', '.']) {
      const bad = server.enqueue([checkout({ path })], { repository: of(last) });
      await bad.finished;
      expect(bad.step('get')?.issues[0]?.message).toContain('must stay inside');
    }
    expect(workFolder).toBeTruthy();
  });

  it('of several can make one the folder in which scripts start (REC-183)', async () => {
    const { last, of } = fixture;
    const { server } = await scene();
    const job = server.enqueue(
      [
        checkout({ path: 'x/main', workspaceRepo: 'true' }),
        { ...checkout({ path: 'x/other' }), name: 'again' },
        script('look', 'pwd; echo "in $SYSTEM_DEFAULTWORKINGDIRECTORY, sources $BUILD_SOURCESDIRECTORY"'),
      ],
      { repository: of(last) },
    );
    expect((await job.finished).result).toBe('succeeded');
    expect(job.text('look')).toMatch(/^\S*\/x\/main\nin \S*\/x\/main, sources \S*\/s$/m);
  });

  it.each([
    ['an option as address', { url: '--upload-pack=touch /tmp/x' }, 'is not allowed'],
    ['a command as address', { url: 'ext::sh -c true' }, 'is not allowed'],
    ['no commit', { commit: 'main' }, 'is not a full commit id'],
    ['a commit that does not exist', { commit: 'a'.repeat(40) }, 'The commit'],
    ['no such repository', { url: '/nowhere/at/all' }, 'Git failed'],
  ])('refuses %s', async (_story, wrong, message) => {
    const { last, of } = fixture;
    const { server } = await scene();
    const job = server.enqueue([checkout()], { repository: { ...of(last), ...wrong } });
    expect((await job.finished).result).toBe('failed');
    expect(job.step('get')?.issues.at(-1)?.message).toContain(message);
  });

  it('keeps the password of an address out of log and folder (CO-3, SEC-1)', async () => {
    const { last, of } = fixture;
    const { server } = await scene();
    const url = 'http://user:swordfish@127.0.0.1:1/shop.git';
    const job = server.enqueue([checkout(), script('look', 'cat .git/config', { condition: 'always()' })], {
      repository: { ...of(last), url },
    });
    await job.finished;
    expect(job.text('get')).toContain('user:***@');
    expect(job.text('look')).toContain('url = http://127.0.0.1:1/shop.git');
    expect(job.everything()).not.toContain('swordfish');
  });

  it('has nothing to do for a pipeline without repository', async () => {
    const { server } = await scene();
    const job = server.enqueue([checkout()]);
    expect((await job.finished).result).toBe('succeeded');
  });
});
