import { describe, expect, it } from 'vitest';
import { impliedDownloads } from '../../src/run/implied-downloads.ts';

const NO_RESOURCES = { containers: [], builds: [], packages: [], webhooks: [] };

function aliases(
  hook: 'deploy' | 'preDeploy' | undefined,
  tasks: readonly string[],
  upstream: readonly string[] = [],
) {
  const steps = tasks.map((name) => ({ task: { name, version: '1' } }));
  const pipelines = upstream.map((alias) => ({ alias, source: 'Shop' }));
  const key = hook === undefined ? {} : { hook };
  return impliedDownloads(steps, key, { resources: { ...NO_RESOURCES, pipelines } }).map(
    ({ inputs }) => inputs['alias'],
  );
}

describe('impliedDownloads', () => {
  it('fetches the artifacts of the run, then those of every pipeline resource, in the deploy hook alone (DEP-10)', () => {
    expect(aliases('deploy', ['Bash'], ['web', 'api'])).toEqual(['current', 'web', 'api']);
    expect(aliases('deploy', [])).toEqual(['current']);
    expect(aliases('preDeploy', ['Bash'], ['web'])).toEqual([]);
    expect(aliases(undefined, ['Bash'], ['web'])).toEqual([]);
  });

  it('fetches nothing beside a download of the author, `download: none` included (DEP-10)', () => {
    for (const task of [
      'Download',
      'download',
      'DownloadPipelineArtifact',
      'DownloadBuildArtifacts',
      '30f35852-3f7e-4c0c-9a88-e127b4f97211',
    ]) {
      expect(aliases('deploy', ['Bash', task], ['web']), task).toEqual([]);
    }
  });

  it('gives the steps names of their own', () => {
    const steps = impliedDownloads(
      [],
      { hook: 'deploy' },
      {
        resources: { ...NO_RESOURCES, pipelines: [{ alias: 'web', source: 'Shop' }] },
      },
    );
    expect(steps.map(({ name, displayName }) => [name, displayName])).toEqual([
      ['__download', 'Download Artifact'],
      ['__download1', 'Download web'],
    ]);
  });
});
