import type {
  Collection,
  FilePreview,
  OutputView,
  RepositoryLook,
  WireDefinition,
  WireError,
} from '@signalbox/api';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rankPipelineFiles } from '../src/git/pipeline-files.ts';
import { whyUnreadable } from '../src/git/why-unreadable.ts';
import { connectAgent } from './support/fake-agent.ts';
import { lockEnvironment, makeProject, queue, TWO_STAGES } from './support/project.ts';
import { gitRepository } from './support/repository.ts';
import { testServer, type TestServer } from './support/test-server.ts';

const LOOK = '/Demo/_apis/signalbox/repositories/look';
const PREVIEW = '/Demo/_apis/signalbox/repositories/preview';

describe('a repository that no pipeline names yet', () => {
  let box: TestServer;
  let folder = '';

  beforeAll(async () => {
    box = await testServer();
    await box.json('POST', '/_apis/projects', { name: 'Demo' });
    folder = gitRepository({
      'azure-pipelines.yml': TWO_STAGES,
      'docs/book.yml': 'title: x\n',
      'ci/nightly.yaml': 'pool: Default\nsteps:\n  - script: echo night\n',
      '.github/workflows/a.yml': 'jobs:\n  a: 1\n',
      'broken.yml': 'pool: Default\nstep:\n  - script: x\n',
      'README.md': 'steps:\n',
      'wants.yml': `
pool: Elsewhere
variables:
  - group: Shared
steps:
  - script: echo x
`,
    });
  });

  afterAll(async () => {
    await box.close();
  });

  it('shows its YAML files, those first that look like pipelines', async () => {
    const look = await box.json<RepositoryLook>('POST', LOOK, { url: folder });
    expect(look).toMatchObject({ branch: 'refs/heads/main', commitMessage: 'A change', fileCount: 6 });
    expect(look.files).toEqual([
      { path: 'azure-pipelines.yml', likely: true },
      { path: 'wants.yml', likely: true },
      { path: 'ci/nightly.yaml', likely: true },
      { path: 'broken.yml', likely: false },
      { path: 'docs/book.yml', likely: false },
      { path: '.github/workflows/a.yml', likely: false },
    ]);
  });

  it.each([
    ['no address', '', 400, /"url" is missing/],
    ['a relative path', 'src/web', 400, /absolute path on the server/],
    ['a folder that is not there', '/nowhere/at/all', 400, /There is no folder \/nowhere/],
    ['a folder that is no repository', mkdtempSync(join(tmpdir(), 'signalbox-none-')), 400, /git init/],
    ['an option', '--upload-pack=x', 400, /not valid/],
  ])('says plainly what is wrong with %s', async (_, url, status, message) => {
    const response = await box.call('POST', LOOK, { body: { url } });
    expect(response.statusCode).toBe(status);
    expect(response.json<WireError>().message).toMatch(message);
  });

  it('says that a branch is not there', async () => {
    const { statusCode, body } = await box.call('POST', LOOK, { body: { url: folder, branch: 'none' } });
    expect([statusCode, body]).toEqual([400, expect.stringMatching(/no branch refs\/heads\/none/)]);
  });

  it('is not shown to readers', async () => {
    const token = await box.token('reader');
    expect((await box.call('POST', LOOK, { token, body: { url: folder } })).statusCode).toBe(403);
  });

  it('previews a pipeline of a file: stages, where they deploy to, and what is made', async () => {
    const seen = await box.json<FilePreview>('POST', PREVIEW, { url: folder, path: '/azure-pipelines.yml' });
    expect(seen).toMatchObject({
      branch: 'refs/heads/main',
      text: TWO_STAGES,
      problems: [],
      stages: [
        { name: 'Build', dependsOn: [], environments: [] },
        { name: 'Deploy', dependsOn: ['Build'], environments: ['qa'] },
      ],
      needs: [
        { type: 'environment', name: 'qa', stages: ['Deploy'], state: 'made' },
        { type: 'queue', name: 'Default', stages: ['Build', 'Deploy'], state: 'ready' },
      ],
    });
    expect((await box.json<{ count: number }>('GET', '/Demo/_apis/build/definitions')).count).toBe(0);
    expect((await box.json<{ count: number }>('GET', '/Demo/_apis/signalbox/locks')).count).toBe(0);
  });

  it('tells every mistake with its place', async () => {
    const seen = await box.json<FilePreview>('POST', PREVIEW, { url: folder, path: 'broken.yml' });
    expect(seen.stages).toEqual([]);
    expect(seen.problems).toMatchObject([{ file: 'broken.yml', line: 2, column: 1 }]);
  });

  it('tells what is missing: groups at their place, and pools', async () => {
    const seen = await box.json<FilePreview>('POST', PREVIEW, { url: folder, path: 'wants.yml' });
    expect(seen.problems).toMatchObject([
      {
        code: 'resource-not-found',
        file: 'wants.yml',
        message: "The variable group 'Shared' does not exist.",
      },
    ]);
    expect(seen.needs.map(({ type, name, state }) => [type, name, state])).toEqual([
      ['variablegroup', 'Shared', 'missing'],
      ['queue', 'Elsewhere', 'missing'],
    ]);
  });

  it('says that a file is not there', async () => {
    const body = { url: folder, path: 'none.yml' };
    expect((await box.call('POST', PREVIEW, { body })).statusCode).toBe(404);
  });

  it('says that somebody must permit what is closed', async () => {
    await lockEnvironment(box, 'Demo');
    const { value } = await box.json<Collection<{ id: number }>>(
      'GET',
      '/Demo/_apis/distributedtask/environments?name=qa',
    );
    const permission = `/Demo/_apis/pipelines/pipelinePermissions/environment/${value[0]?.id ?? 0}`;
    await box.json('PATCH', permission, { allPipelines: { authorized: false }, pipelines: [] });
    const seen = await box.json<FilePreview>('POST', PREVIEW, { url: folder, path: 'azure-pipelines.yml' });
    expect(seen.needs[0]).toMatchObject({ name: 'qa', state: 'closed' });
  });
});

describe('the address of a private repository', () => {
  it('is told without its token, which stays when the definition is sent back', async () => {
    const box = await testServer();
    const { project, definition } = await makeProject(box);
    const row = (await box.store.definitions.get(
      (await box.store.projects.find(project))!.id,
      definition.id,
    ))!;
    const url = 'https://ada:s3cret@example.com/shop.git';
    const { id, project: owner, revision, createdAt: _, updatedAt: __, ...input } = row;
    const change = { revision, input: { ...input, repository: { ...row.repository, url } }, by: 'test' };
    await box.store.definitions.update(owner, id, change);
    const path = `/${project}/_apis/build/definitions/${id}`;
    const told = await box.json<WireDefinition>('GET', path);
    expect(told.repository).toMatchObject({ url: 'https://***@example.com/shop.git' });
    expect(JSON.stringify(told)).not.toContain('s3cret');
    await box.json('PUT', path, { ...told, name: 'renamed' });
    expect((await box.store.definitions.get(owner, id))?.repository['url']).toBe(url);
    await box.close();
  });
});

describe('what a run gave', () => {
  let box: TestServer;

  beforeAll(async () => {
    box = await testServer({ pollWaitMs: 10 });
  });

  afterAll(async () => {
    await box.close();
  });

  it('is told stage by stage, and never what is secret (CTX-10)', async () => {
    const { project, definition } = await makeProject(box);
    const { id } = await queue(box, project, definition.id);
    const agent = await connectAgent(box);
    const job = await agent.poll();
    if (job === undefined) throw new Error('no job');
    const said = await agent.report(job, 1, [
      { kind: 'started', at: Date.now() },
      { kind: 'output', name: 'make.version', value: '1.2', secret: false },
      { kind: 'output', name: 'make.key', value: 'hush', secret: true },
    ]);
    expect(said.statusCode).toBe(204);
    const { body } = await box.call('GET', `/${project}/_apis/signalbox/runs/${id}/outputs`);
    expect((JSON.parse(body) as Collection<OutputView>).value).toEqual([
      { stage: 'Build', job: 'Compile', name: 'make.version', value: '1.2' },
      { stage: 'Build', job: 'Compile', name: 'make.key', value: null },
    ]);
    expect(body).not.toContain('hush');
  });

  it('shows a lock as a picture to whoever may see it', async () => {
    const { project } = await makeProject(box, { name: 'Badges' });
    const { id } = await lockEnvironment(box, project);
    const badge = `/_apis/public/signalbox/${project}/locks/${id}/badge`;
    const response = await box.call('GET', badge);
    expect(response.headers['content-type']).toBe('image/svg+xml; charset=utf-8');
    expect(response.body).toContain('<title>qa: free</title>');
    expect((await box.call('GET', `${badge}?label=%3Cb%3E`)).body).toContain('&lt;b&gt;');
    const stranger = async (): Promise<number> =>
      (await box.call('GET', badge, { token: undefined })).statusCode;
    expect(await stranger()).toBe(404);
    await box.json('PATCH', `/${project}/_apis/build/generalsettings`, { statusBadgesArePrivate: false });
    expect(await stranger()).toBe(200);
  });
});

describe('rankPipelineFiles', () => {
  it('takes names before keys, and what is near before what is deep', () => {
    const files = [
      'b/azure-pipelines.release.yml',
      'z/steps.yml',
      'a.yml',
      'templates/x.yml',
      'azure-pipelines.yaml',
    ];
    const ranked = rankPipelineFiles(files.map((path) => ({ path, hasPipelineKey: path !== 'a.yml' })));
    expect(ranked.map(({ path, likely }) => `${likely ? '+' : '-'} ${path}`)).toEqual([
      '+ azure-pipelines.yaml',
      '+ b/azure-pipelines.release.yml',
      '+ z/steps.yml',
      '- a.yml',
      '- templates/x.yml',
    ]);
  });
});

describe('whyUnreadable', () => {
  it.each([
    ["could not read Username for 'https://x': terminal prompts disabled", /private, or there is none/],
    ["Authentication failed for 'https://x/'", /refuses access/],
    ["repository 'https://x/y/' not found", /There is none at this address/],
    ["unable to access 'https://x/': Could not resolve host: x", /no host of that name/],
    ["unable to access 'https://x/': Failed to connect to x port 443", /does not reach/],
    ['bad object', /^The repository cannot be read: bad object$/],
  ])('%s', (said, means) => {
    expect(whyUnreadable(said)).toMatch(means);
  });
});
