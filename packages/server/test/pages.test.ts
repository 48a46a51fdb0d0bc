import type { QueueFormView, RunYamlView } from '@signalbox/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeProject, queue, TWO_STAGES } from './support/project.ts';
import { testServer, type TestServer } from './support/test-server.ts';

const WITH_PARAMETERS = `
parameters:
  - name: target
    displayName: Where to
    values: [qa, production]
  - name: count
    type: number
    default: 3
  - name: words
    type: object
    default: { a: 1 }
  - name: ticket
trigger: none
pool: Default
resources:
  repositories:
    - repository: lib
      type: git
      name: unused
stages:
  - stage: Build
    jobs:
      - job: Compile
        steps:
          - script: echo \${{ parameters.ticket }}
  - stage: Deploy
    displayName: Deploy it
    isSkippable: false
    jobs:
      - job: Roll
        steps:
          - script: echo \${{ parameters.target }}
`;

describe('what pages ask of pipelines', () => {
  let box: TestServer;

  beforeAll(async () => {
    box = await testServer({});
  });

  afterAll(async () => {
    await box.close();
  });

  const form = (project: string, id: number, query = ''): Promise<QueueFormView> =>
    box.json<QueueFormView>('GET', `/${project}/_apis/pipelines/${id}/form${query}`);

  it('tells a form the parameters, the stages and the variables of a pipeline', async () => {
    const { project, definition } = await makeProject(box, { name: 'Form', yaml: WITH_PARAMETERS });
    await box.json('PUT', `/${project}/_apis/build/definitions/${definition.id}`, {
      ...definition,
      variables: {
        level: { value: 'low', allowOverride: true },
        token: { value: 's3cret', isSecret: true, allowOverride: true },
        fixed: { value: 'x' },
      },
    });
    const asked = await form(project, definition.id);
    expect(asked).toMatchObject({
      branch: 'refs/heads/main',
      parameters: [
        {
          name: 'target',
          displayName: 'Where to',
          type: 'string',
          required: false,
          values: ['qa', 'production'],
        },
        { name: 'count', displayName: 'count', type: 'number', default: '3', required: false },
        { name: 'words', type: 'object', required: false },
        { name: 'ticket', type: 'string', required: true },
      ],
      variables: [
        { name: 'level', value: 'low', secret: false },
        { name: 'token', value: null, secret: true },
      ],
      stages: [
        { name: 'Build', dependsOn: [], skippable: true },
        { name: 'Deploy', displayName: 'Deploy it', dependsOn: ['Build'], skippable: false },
      ],
      problems: [],
    });
    expect(asked.parameters[2]).not.toHaveProperty('default');
    expect(JSON.stringify(asked)).not.toContain('s3cret');
  });

  it('tells a form what is wrong with the file, and what it declares nevertheless', async () => {
    const yaml = `${WITH_PARAMETERS}    colour: red\n`;
    const { project, definition } = await makeProject(box, { name: 'Wrong', yaml });
    const asked = await form(project, definition.id);
    expect(asked.parameters).toHaveLength(4);
    expect([asked.stages, asked.problems.map(({ code }) => code)]).toEqual([[], ['unexpected-key']]);
  });

  it('says where the stages of a run stand in its expanded text, and where they were written', async () => {
    const { project, definition } = await makeProject(box, { name: 'Text', yaml: TWO_STAGES });
    await box.json('POST', `/${project}/_apis/distributedtask/environments`, { name: 'qa' });
    const run = await queue(box, project, definition.id);
    const { yaml, stages } = await box.json<RunYamlView>(
      'GET',
      `/${project}/_apis/signalbox/runs/${run.id}/yaml`,
    );
    const lines = yaml.split('\n');
    expect(stages.map(({ name, line }) => [name, lines[line - 1]])).toEqual([
      ['Build', '  - stage: Build'],
      ['Deploy', '  - stage: Deploy'],
    ]);
    expect(stages.map(({ source }) => source)).toEqual([
      { file: 'azure-pipelines.yml', line: 5 },
      { file: 'azure-pipelines.yml', line: 11 },
    ]);
  });
});
