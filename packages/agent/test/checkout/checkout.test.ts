import type { JobRepository, JobStep } from '@signalbox/api';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { script, type EnqueueOptions, type FakeJob } from '../support/fake-server.ts';
import { openScene, scene, temporaryFolder } from '../support/scene.ts';

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

/** One agent for all tests, each of which is a pipeline of its own. */
const work = mkdtempSync(join(tmpdir(), 'signalbox-work-'));
let opened: Awaited<ReturnType<typeof openScene>>;
let definition = { id: 100, name: 'd' };

beforeAll(async () => {
  opened = await openScene(work);
});

beforeEach(() => {
  definition = { ...definition, id: definition.id + 1 };
});

afterAll(async () => {
  await opened.close();
  rmSync(folder, { recursive: true, force: true });
  rmSync(work, { recursive: true, force: true });
});

function enqueue(steps: readonly Partial<JobStep>[], more: EnqueueOptions = {}): FakeJob {
  return opened.server.enqueue(steps, { definition, ...more });
}

function checkout(inputs: Record<string, string> = {}): Partial<JobStep> {
  return { name: 'get', task: { name: 'Checkout', version: '1' }, inputs: { repository: 'self', ...inputs } };
}

/** A repository with two directories and another repository in `vendor`. */
function withSubmodule(): { readonly url: string; readonly commit: string } {
  const url = mkdtempSync(join(tmpdir(), 'signalbox-parent-'));
  onTestFinished(() => rmSync(url, { recursive: true, force: true }));
  const git = (args: readonly string[], input = ''): string =>
    execFileSync('git', args, { cwd: url, encoding: 'utf8', input }).trim();
  const modules = `[submodule "vendor"]\n\tpath = vendor\n\turl = ${folder}\n`;
  const files = Object.entries({ '.gitmodules': modules, 'a/one': '1\n', 'b/two': '2\n', top: '3\n' });
  git(['init', '--quiet', '--bare', '.']);
  git(['config', 'uploadpack.allowFilter', 'true']);
  git(
    ['fast-import', '--quiet'],
    [
      'commit refs/heads/main',
      'committer T <t@example.invalid> 1700000000 +0000',
      'data 1\nx',
      ...files.map(([path, text]) => `M 100644 inline ${path}\ndata ${text.length}\n${text}`),
      `M 160000 ${fixture.last} vendor`,
      '',
    ].join('\n'),
  );
  return { url, commit: git(['rev-parse', 'main']) };
}

/** A server for this test; its address. */
async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A home whose git goes elsewhere for an address. */
async function homeWith(key: string, value: string): Promise<string> {
  const home = await temporaryFolder();
  execFileSync('git', ['config', '--file', join(home, '.gitconfig'), key, value]);
  return home;
}

describe('checkout', () => {
  it('gets exactly the commit of the run, also when the folder has another one (CO-5)', async () => {
    const { first, last, of } = fixture;
    for (const commit of [last, first]) {
      const job = enqueue(
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
    const depths: string[] = [];
    for (const fetchDepth of ['1', '0', '']) {
      const job = enqueue(
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
    const list: string[] = [];
    for (const clean of ['false', 'false', 'true']) {
      const job = enqueue([checkout({ clean }), script('look', 'ls; touch left-over')], {
        repository: of(last),
      });
      await job.finished;
      list.push(job.text('look').includes('left-over') ? 'dirty' : 'clean');
    }
    expect(list).toEqual(['clean', 'dirty', 'clean']);
  });

  it('goes into the folder of path, which stays inside the workspace (CO-2)', async () => {
    const { last, of } = fixture;
    const job = enqueue(
      [checkout({ path: 'x/y' }), script('look', 'cat "$BUILD_REPOSITORY_LOCALPATH/file.txt"')],
      {
        repository: of(last),
      },
    );
    await job.finished;
    expect(job.text('look')).toContain('three');
    for (const path of ['../2/s', '/etc', '.']) {
      const bad = enqueue([checkout({ path })], { repository: of(last) });
      await bad.finished;
      expect(bad.step('get')?.issues[0]?.message).toContain('must stay inside');
    }
  });

  it('of several can make one the folder in which scripts start (REC-183)', async () => {
    const { last, of } = fixture;
    const job = enqueue(
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
    [
      'a ref that is gone',
      { commit: 'a'.repeat(40), ref: 'refs/heads/gone' },
      'are not in the repository "shop" any more',
    ],
  ])('refuses %s', async (_story, wrong, message) => {
    const { last, of } = fixture;
    const job = enqueue([checkout()], { repository: { ...of(last), ...wrong } });
    expect((await job.finished).result).toBe('failed');
    expect(job.step('get')?.issues.at(-1)?.message).toContain(message);
  });

  it('puts several repositories into folders of their names, and leaves Build.SourcesDirectory (CO-1, CO-6)', async () => {
    const { last, first, of } = fixture;
    const tools: JobRepository = { ...of(first), alias: 'tools', name: 'Demo/helpers' };
    const job = enqueue(
      [
        checkout(),
        { ...checkout({ repository: 'tools' }), name: 'other' },
        script(
          'look',
          'cat shop/file.txt helpers/file.txt; echo "$BUILD_SOURCESDIRECTORY $BUILD_REPOSITORY_LOCALPATH"',
        ),
      ],
      { repository: of(last), repositories: [tools] },
    );
    expect((await job.finished).result).toBe('succeeded');
    expect(job.text('look')).toMatch(/three\s*one\s*\S+\/s \S+\/s$/m);
    const alone = enqueue([checkout({ repository: 'tools' }), script('look', 'cat file.txt')], {
      repository: of(last),
      repositories: [tools],
      definition: { id: 11, name: 'd' },
    });
    await alone.finished;
    expect(alone.text('look')).toContain('one');
    const same = enqueue([checkout(), { ...checkout({ repository: 'tools' }), name: 'other' }], {
      repository: of(last),
      repositories: [{ ...tools, name: 'Demo/Shop' }],
    });
    await same.finished;
    expect(same.step('get')?.issues[0]?.message).toContain('would share the folder "shop"');
  });

  it('makes the path of a lone checkout the sources folder (CO-2, WS-6)', async () => {
    const { last, of } = fixture;
    const job = enqueue([checkout({ path: 'x/y' }), script('look', 'pwd; echo "$BUILD_SOURCESDIRECTORY"')], {
      repository: of(last),
    });
    await job.finished;
    expect(job.text('look')).toMatch(/^\S+\/x\/y\n\S+\/x\/y$/m);
  });

  it('gets submodules, some directories, and no more objects than needed (CO-3)', async () => {
    const { url, commit } = withSubmodule();
    const repository = { alias: 'self', name: 'parent', url, ref: 'refs/heads/main', commit };
    const look = script('look', 'find . -name .git -prune -o -type f -print | sort | tr "\\n" " "');
    const whole = enqueue([checkout({ submodules: 'true' }), look], { repository });
    await whole.finished;
    expect(whole.text('look')).toContain('./.gitmodules ./a/one ./b/two ./top ./vendor/file.txt');
    const part = enqueue([checkout({ sparseCheckoutDirectories: 'a' }), look], {
      repository,
      definition: { id: 12, name: 'd' },
    });
    await part.finished;
    expect(part.text('look')).toContain('./.gitmodules ./a/one ./top');
    expect(part.text('look')).not.toContain('two');
    const again = enqueue([checkout({ fetchFilter: 'blob:none' }), look], {
      repository,
      definition: { id: 12, name: 'd' },
    });
    expect((await again.finished).result).toBe('succeeded');
    expect(again.text('look')).toContain('./b/two');
  });

  it('says that git-lfs is not there (CO-3)', async () => {
    const { last, of } = fixture;
    const { server } = await scene({ agent: { environment: { PATH: '/usr/bin:/bin' } } });
    const job = server.enqueue([checkout({ lfs: 'true' })], { repository: of(last) });
    await job.finished;
    const has = existsSync('/usr/bin/git-lfs');
    expect(job.results()['get']).toBe(has ? 'succeeded' : 'failed');
    if (!has) expect(job.text('get')).toContain('this agent has no "git-lfs" on its PATH');
  });

  it('works in a folder in which git was killed', async () => {
    const { last, first, of } = fixture;
    const one = enqueue([checkout(), script('kill', 'touch .git/index.lock .git/shallow.lock')], {
      repository: of(first),
    });
    await one.finished;
    const two = enqueue([checkout(), script('look', 'cat file.txt')], { repository: of(last) });
    expect((await two.finished).result).toBe('succeeded');
    expect(two.text('look')).toContain('three');
  });

  it('gives its password to a server that asks for one, and shows it nowhere (CO-3)', async () => {
    const { last, of } = fixture;
    execFileSync('git', ['update-server-info'], { cwd: folder });
    const asked = new Set<string | undefined>();
    const url = await serve((request, response) => {
      asked.add(request.headers.authorization);
      if (request.headers.authorization !== `basic ${btoa('robot:swordfish')}`) {
        response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
        return;
      }
      const path = join(folder, new URL(request.url ?? '', 'http://x').pathname.replace('/shop.git', ''));
      if (existsSync(path)) response.end(readFileSync(path));
      else response.writeHead(404).end();
    });
    const repository = { ...of(last), url: `${url}/shop.git` };
    const credentials = { username: 'robot', password: 'swordfish' };
    const deep = checkout({ fetchDepth: '0' });
    const job = enqueue([deep, script('show', 'cat file.txt; cat .git/config')], {
      repository: { ...repository, credentials },
    });
    expect((await job.finished).result).toBe('succeeded');
    expect(job.text('show')).toContain('three');
    expect(job.everything()).not.toMatch(/swordfish|extraheader/i);
    expect([...asked]).toEqual([`basic ${btoa('robot:swordfish')}`]);
    const refused = enqueue([deep], { repository, definition: { id: 99, name: 'x' } });
    expect((await refused.finished).result).toBe('failed');
    // Nobody is asked, and nothing is tried twice.
    expect(refused.text('get').match(/git fetch/g)).toHaveLength(1);
  });

  it('leaves credentials to the steps of the job that asked for it, and to no other (CO-3)', async () => {
    const { last, of } = fixture;
    // Git itself speaks HTTP here; what it would send is what it is asked for.
    const look = 'git config --get-urlmatch http.extraheader https://host.example/x | wc -c';
    const credentials = { username: 'u', password: 'swordfish' };
    const repository = { ...of(last), url: `https://host.example/x`, credentials };
    const redirect = `url.${folder}.insteadOf`;
    const environment = { PATH: process.env['PATH'], HOME: await homeWith(redirect, repository.url) };
    const { server } = await scene({ agent: { environment } });
    const job = server.enqueue([checkout({ persistCredentials: 'true' }), script('look', look)], {
      repository,
    });
    expect((await job.finished).result).toBe('succeeded');
    expect(job.text('look')).toMatch(/^38$/m);
    expect(Object.keys(job.results())).toContain('get:postJob');
    const next = server.enqueue([script('look', look)], { repository });
    await next.finished;
    expect(next.text('look')).toMatch(/^0$/m);
  });

  it('has nothing to do for a pipeline without repository', async () => {
    const job = enqueue([checkout()]);
    expect((await job.finished).result).toBe('succeeded');
  });
});
