import type { Collection, RepositoryView, WireBuild, WireDefinition, WireError } from '@signalbox/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeProject } from './support/project.ts';
import { commitFiles, git, gitRepository } from './support/repository.ts';
import { testServer, type TestServer } from './support/test-server.ts';

const REPOSITORIES = '/Demo/_apis/signalbox/repositories';

/** A pipeline whose steps come from another repository. */
function pipeline(name: string, ref = 'refs/heads/main', more = ''): string {
  return `
pool: Default
resources:
  repositories:
    - repository: tools
      name: ${name}
      ref: ${ref}
steps:
  - checkout: none
  - template: build/steps.yml@Tools
${more}`;
}

const steps = (word: string): Record<string, string> => ({
  'build/steps.yml': `steps:\n  - template: more.yml\n  - script: echo ${word}\n`,
  'build/more.yml': 'steps:\n  - template: /own.yml@self\n',
});

describe('repositories that a pipeline declares', () => {
  let box: TestServer;
  let definition: WireDefinition;
  let folder: string;
  let tools: string;

  beforeAll(async () => {
    box = await testServer();
    ({ definition, folder } = await makeProject(box, { yaml: pipeline('Demo/tools') }));
    commitFiles(folder, { 'own.yml': 'steps:\n  - script: echo own\n' });
    tools = gitRepository(steps('one'));
    await box.json('POST', REPOSITORIES, { name: 'tools', url: tools });
  });

  afterAll(async () => {
    await box.close();
  });

  const queue = async (): ReturnType<TestServer['call']> =>
    box.call('POST', '/Demo/_apis/build/builds', { body: { definition: { id: definition.id } } });
  const preview = async (yamlOverride: string): ReturnType<TestServer['call']> =>
    box.call('POST', `/Demo/_apis/pipelines/${definition.id}/preview`, { body: { yamlOverride } });

  it('gives templates at the declared ref, and freezes its commit into the run (RSRC-6)', async () => {
    const commit = git(tools, 'rev-parse', 'HEAD');
    const build = (await queue()).json<WireBuild>();
    commitFiles(tools, steps('two'));
    const plan = await box.store.runs.plan(build.id);
    expect(plan?.repositories).toMatchObject([{ alias: 'tools', name: 'Demo/tools', commit }]);
    const [job] = plan?.stages[0]?.jobs ?? [];
    const scripts = job?.kind === 'job' ? job.steps.map(({ inputs }) => inputs['script']) : [];
    expect(scripts).toEqual(['echo own', 'echo one']);
    expect((await preview(pipeline('TOOLS'))).json<{ finalYaml: string }>().finalYaml).toContain('echo two');
  });

  it('takes tags, short branches and commits (RSRC-5)', async () => {
    git(tools, 'tag', 'v1', 'HEAD~1');
    const first = git(tools, 'rev-parse', 'HEAD~1');
    for (const [ref, word] of [
      ['refs/tags/v1', 'one'],
      ['main', 'two'],
      [first, 'one'],
    ] as const) {
      const { finalYaml } = (await preview(pipeline('tools', ref))).json<{ finalYaml: string }>();
      expect(finalYaml, ref).toContain(`echo ${word}`);
    }
  });

  it.each([
    ['one that nobody added', 'Other/tools', /signalbox repository add Other\/tools URL/],
    ['an address', 'https://example.com/tools.git', /knows no repository/],
    ['a folder of the server', '/etc', /knows no repository/],
  ])('refuses %s, and says what to do', async (_, name, help) => {
    const response = await preview(pipeline(name));
    expect(response.statusCode).toBe(400);
    const { diagnostics = [] } = response.json<WireError>();
    expect(diagnostics).toMatchObject([{ code: 'repository-unavailable', line: 10, column: 15 }]);
    expect(diagnostics[0]?.help).toMatch(help);
  });

  it('says so at each of its templates, of the same file, too', async () => {
    const twice = `${pipeline('Ghost')}  - template: build/steps.yml@tools\n`;
    const { diagnostics = [] } = (await preview(twice)).json<WireError>();
    expect(diagnostics.map(({ code, line }) => [code, line])).toEqual([
      ['repository-unavailable', 10],
      ['repository-unavailable', 11],
    ]);
  });

  it('previews in the form of Azure when asked (REC-164)', async () => {
    const path = `/Demo/_apis/pipelines/${definition.id}/preview`;
    const { finalYaml } = await box.json<{ finalYaml: string }>('POST', `${path}?form=azure`, {});
    expect(finalYaml).toContain('- task: CmdLine@2\n');
    expect((await box.call('POST', `${path}?form=other`, { body: {} })).statusCode).toBe(400);
  });

  it('refuses a branch that is not there', async () => {
    const { diagnostics = [] } = (await preview(pipeline('tools', 'nowhere'))).json<WireError>();
    expect(diagnostics[0]?.help).toBe('The repository has no branch refs/heads/nowhere.');
  });

  it('knows the repositories of the pipelines of the project without being told', async () => {
    const other = gitRepository(steps('three'));
    await box.json('POST', '/Demo/_apis/build/definitions', {
      name: 'third',
      process: { type: 2, yamlFilename: 'build/steps.yml' },
      repository: { type: 'Git', url: other, name: 'third' },
    });
    const answer = (await preview(pipeline('Demo/Third'))).json<{ finalYaml: string }>();
    expect(answer.finalYaml).toContain('echo three');
  });

  it('refuses a run that checks out what is not known, and queues one that does not', async () => {
    const unknown = pipeline('tools').replace('steps:', '    - repository: ghost\n      name: Ghost\nsteps:');
    commitFiles(folder, { 'azure-pipelines.yml': unknown });
    expect((await queue()).statusCode).toBe(200);
    commitFiles(folder, { 'azure-pipelines.yml': `${unknown}  - checkout: ghost\n` });
    const { diagnostics = [] } = (await queue()).json<WireError>();
    expect(diagnostics).toMatchObject([{ code: 'repository-unavailable', line: 13 }]);
  });
});

describe('the repositories of a project', () => {
  it('are added, listed without passwords, and removed', async () => {
    const box = await testServer();
    await makeProject(box);
    const url = 'https://me:secret@example.com/tools.git';
    expect(await box.json('POST', REPOSITORIES, { name: 'Shop/tools', url })).toEqual({
      name: 'Shop/tools',
      url: 'https://***@example.com/tools.git',
    });
    expect(JSON.stringify(await box.store.settings.list('repository:'))).not.toContain('secret');
    const twice = await box.call('POST', REPOSITORIES, { body: { name: 'shop/TOOLS', url } });
    expect(twice.statusCode).toBe(409);
    const list = await box.json<Collection<RepositoryView>>('GET', REPOSITORIES);
    expect(list.value.map(({ name }) => name)).toEqual(['Shop/tools']);
    for (const body of [
      { name: '../x', url },
      { name: 'a/b/c', url },
      { name: 'x', url: 'ext::sh' },
      { name: 'x' },
    ]) {
      expect((await box.call('POST', REPOSITORIES, { body })).statusCode, JSON.stringify(body)).toBe(400);
    }
    const reader = await box.token('reader');
    const denied = await box.call('POST', REPOSITORIES, { body: { name: 'x', url }, token: reader });
    expect(denied.statusCode).toBe(403);
    const gone = `${REPOSITORIES}/${encodeURIComponent('shop/tools')}`;
    expect((await box.call('DELETE', gone)).statusCode).toBe(204);
    expect((await box.call('DELETE', gone)).statusCode).toBe(404);
    await box.close();
  });
});
