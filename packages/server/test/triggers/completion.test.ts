import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commitFiles, git, gitRepository } from '../support/repository.ts';
import { triggered, type Triggered } from '../support/triggered.ts';

// A job on the server needs no agent.
const SOURCE = `
trigger: none
stages:
  - stage: Build
    jobs: [{ job: A, pool: server, steps: [{ task: Delay@1, inputs: { delayForMinutes: '0' } }] }]
`;
const follower = (trigger: string, version = 'branch: main'): string => `
trigger: none
resources: { pipelines: [{ pipeline: lib, source: source, ${version}, trigger: ${trigger} }] }
steps: [{ checkout: none }, { script: echo }]
`;

/** The variables of each pipeline resource. */
const OF_RESOURCE = [
  'pipelineID',
  'pipelineName',
  'projectID',
  'projectName',
  'requestedFor',
  'requestedForID',
  'runID',
  'runName',
  'runURI',
  'sourceBranch',
  'sourceCommit',
  'sourceProvider',
];
const LIB = 'resources.pipeline.lib.';

describe('the end of another run', () => {
  let at: Triggered;

  beforeAll(async () => {
    at = await triggered();
  });
  afterAll(() => at.close());

  it('starts those that follow it, at the same commit in one repository, and once (TRIG-40, TRIG-41, TRIG-42, TRIG-43, TRIG-44, TRIG-45, TRIG-46, RSRC-4, GAP-31)', async () => {
    const folder = gitRepository({
      'source.yml': SOURCE,
      // What the file says of a version is for runs that nothing triggered.
      'all.yml': follower('true', "version: '99', branch: release"),
      'stage.yml': follower('{ stages: [Build] }'),
      'other.yml': follower('{ branches: [release] }'),
      'none.yml': follower('none'),
    });
    const pipelines = new Map<string, number>();
    for (const name of ['source', 'all', 'stage', 'other', 'none']) {
      const { definition } = await at.pipeline(name, { folder, file: `${name}.yml` });
      pipelines.set(name, definition.id);
    }
    // What another branch says of following counts for nobody.
    git(folder, 'checkout', '--quiet', '-b', 'aside');
    commitFiles(folder, { 'all.yml': follower('none'), 'none.yml': follower('true') });
    git(folder, 'checkout', '--quiet', 'main');
    const commit = commitFiles(folder, { later: '1' });
    const queued = await at.box.json<{ id: number }>('POST', '/Demo/_apis/build/builds', {
      definition: { id: pipelines.get('source') },
    });
    await at.settle();
    await at.settle(60_000);
    await at.settle();
    const builds = (await at.builds()).filter(({ id }) => id !== queued.id);
    expect(builds.map((build) => build.definition.name).toSorted()).toEqual(['all', 'stage']);
    for (const build of builds) {
      expect(build).toMatchObject({ reason: 'resourceTrigger', sourceVersion: commit });
      const run = await at.box.store.runs.get(build.id);
      expect(run?.cause?.variables).toMatchObject({
        'Resources.TriggeringAlias': 'lib',
        'Resources.TriggeringCategory': 'pipeline',
        'resources.pipeline.lib.runID': String(queued.id),
        'resources.pipeline.lib.sourceCommit': commit,
        'resources.pipeline.lib.pipelineName': 'source',
        'resources.pipeline.lib.pipelineID': String(pipelines.get('source')),
        'resources.pipeline.lib.projectName': 'Demo',
        'resources.pipeline.lib.runName': build.buildNumber.replace(/\.\d+$/, '.1'),
        'resources.pipeline.lib.sourceBranch': 'refs/heads/main',
      });
      const told = Object.entries(run?.cause?.variables ?? {}).filter(([name]) => name.startsWith(LIB));
      expect(told.map(([name]) => name.slice(LIB.length)).toSorted()).toEqual(OF_RESOURCE);
      expect(told.filter(([, value]) => value === '')).toEqual([]);
    }
    const later = await at.box.json<{ id: number }>('POST', '/Demo/_apis/build/builds', {
      definition: { id: pipelines.get('none') },
    });
    const manual = await at.box.store.runs.get(later.id);
    expect(manual?.known).toMatchObject({ 'resources.pipeline.lib.runID': String(queued.id) });
  });
});
