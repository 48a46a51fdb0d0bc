import type { AgentJob } from '@signalbox/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectAgent } from './support/fake-agent.ts';
import { makeProject, queue } from './support/project.ts';
import { git, gitRepository } from './support/repository.ts';
import { testServer, type TestServer } from './support/test-server.ts';

const PASSWORD = 'hunter2-swordfish';

const YAML = `
trigger: none
pool: Default
resources:
  repositories:
    - { repository: tools, type: git, name: tools, endpoint: forge }
  containers:
    - { container: box, image: registry.example/box, endpoint: registry }
    - { container: late, image: registry.example/late, endpoint: registry2 }
jobs:
  - job: J
    container: box
    services: { cache: box, other: "$[ variables['where'] ]" }
    variables: { where: late }
    steps:
      - checkout: tools
      - checkout: git://Demo/more@refs/tags/v1
      - script: 'true'
        target: { container: host, commands: restricted, settableVariables: [x] }
`;

describe('a job on its way to its agent', () => {
  let box: TestServer;
  let job: AgentJob;
  let commit: string;

  beforeAll(async () => {
    box = await testServer();
    const { definition } = await makeProject(box, { yaml: YAML });
    const { id } = await box.json<{ id: string }>('GET', '/_apis/projects/Demo');
    const repositories = '/Demo/_apis/signalbox/repositories';
    const more = gitRepository({ 'a.txt': 'a' });
    commit = git(more, 'rev-parse', 'HEAD');
    git(more, 'tag', 'v1');
    await box.json('POST', repositories, { name: 'tools', url: gitRepository({ 'b.txt': 'b' }) });
    await box.json('POST', repositories, { name: 'more', url: more });
    for (const name of ['forge', 'registry', 'registry2']) {
      await box.json('POST', '/Demo/_apis/serviceendpoint/endpoints', {
        name,
        type: 'generic',
        url: 'https://registry.example/',
        authorization: { scheme: 'UsernamePassword', parameters: { username: 'robot', password: PASSWORD } },
        serviceEndpointProjectReferences: [{ projectReference: { id, name: 'Demo' }, name }],
      });
    }
    await queue(box, 'Demo', definition.id);
    const capabilities = { 'Agent.ContainerEngine': 'docker' };
    const found = await (await connectAgent(box, { capabilities })).poll();
    if (found === undefined) throw new Error('there is no job');
    job = found;
  });

  afterAll(() => box.close());

  it('has the repository that its step names in its own words, at one commit (CO-4, CO-5)', () => {
    expect(job.specification.repositories?.map(({ alias, name }) => [alias, name])).toEqual([
      ['tools', 'tools'],
      ['git://Demo/more@refs/tags/v1', 'Demo/more'],
    ]);
    expect(job.specification.repositories?.[1]).toMatchObject({ commit, ref: 'refs/tags/v1' });
  });

  it('has the passwords of its repositories and registries (CO-3, CONT-1)', () => {
    const credentials = { username: 'robot', password: PASSWORD };
    expect(job.specification.repositories?.[0]).toMatchObject({ credentials });
    expect(job.specification.repositories?.[1]).not.toHaveProperty('credentials');
    const registry = { ...credentials, address: 'https://registry.example/' };
    expect(job.specification).toMatchObject({
      container: 'box',
      containers: [{ alias: 'box', image: 'registry.example/box', registry }],
      services: [{ name: 'cache', container: { registry } }, { name: 'other' }],
    });
  });

  it('has none that its stage was not authorised for when the run was queued (CHK-2)', () => {
    const late = job.specification.services?.[1]?.container;
    expect(late).toMatchObject({ alias: 'late', endpoint: 'registry2' });
    expect(late).not.toHaveProperty('registry');
  });

  it('has the targets of its steps (STEPY-7)', () => {
    expect(job.specification.steps.at(-1)?.target).toEqual({
      container: 'host',
      commands: 'restricted',
      settableVariables: ['x'],
    });
  });
});
