import type { AgentJob, WireArtifact, WireArtifactFiles, WireDefinition, WireTimeline } from '@signalbox/api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { artifactAgent, hashOf, manifestOf, type ArtifactAgent } from './support/artifact-agent.ts';
import { connectAgent, type FakeAgent } from './support/fake-agent.ts';
import { makeProject, ONE_JOB, queue } from './support/project.ts';
import { testServer, type TestServer } from './support/test-server.ts';

const CURRENT = { kind: 'current' } as const;

describe('artifacts at the server', () => {
  let box: TestServer;
  let project: string;
  let definition: WireDefinition;
  let agent: FakeAgent;

  beforeEach(async () => {
    box = await testServer();
    ({ project, definition } = await makeProject(box, { yaml: ONE_JOB }));
    agent = await connectAgent(box);
  });

  afterEach(() => box.close());

  async function nextJob(
    from = project,
    of = definition.id,
  ): Promise<{ job: AgentJob; files: ArtifactAgent }> {
    await queue(box, from, of);
    const job = await agent.poll();
    if (job === undefined) throw new Error('no job');
    return { job, files: artifactAgent(box, agent, job) };
  }

  it('are made once per name and run, by contents that were sent (ART-2, RETRY-12)', async () => {
    const { job, files } = await nextJob();
    expect((await files.publish('drop', { 'a.txt': 'one', 'sub/b.txt': 'two' }, 'k')).statusCode).toBe(204);
    expect((await files.publish('drop', { 'a.txt': 'one', 'sub/b.txt': 'two' }, 'k')).statusCode).toBe(204);
    const again = await files.publish('DROP', { 'a.txt': 'other' });
    expect([again.statusCode, again.json()]).toEqual([
      409,
      expect.objectContaining({
        code: 'artifact-exists',
        message: `Artifact DROP already exists for build ${job.specification.run}.`,
      }),
    ]);
    const { artifacts } = await files.find(CURRENT, 'Drop');
    expect(artifacts).toMatchObject([{ name: 'drop', type: 'PipelineArtifact' }]);
    expect((await files.get(hashOf('two'), artifacts[0]!.owner)).body).toBe('two');
    const absent = await files.post('artifacts/find', { source: CURRENT, name: 'nothing' });
    expect([absent.statusCode, absent.json<{ code: string }>().code]).toEqual([404, 'artifact-not-found']);
  });

  it('name the record of their job; a job without a name is Job, as the service calls it (GLOSS-4, REC-160)', async () => {
    const made = await makeProject(box, { name: 'Bare', yaml: 'steps: [{ script: echo }]\n' });
    const { job, files } = await nextJob(made.project, made.definition.id);
    await files.publish('drop', { 'a.txt': 'one' });
    const at = `/${made.project}/_apis/build/builds/${job.specification.run}`;
    const { records } = await box.json<WireTimeline>('GET', `${at}/timeline`);
    const said = records.map(({ type, name, identifier, id, parentId }) => [
      type,
      name,
      identifier,
      id,
      parentId,
    ]);
    const [stage, phase, own] = [
      '96ac2280-8cb4-5df5-99de-dd2da759617d',
      '3a3a2a60-14c7-570b-14a4-fa42ad92f52a',
      '12f1170f-54f2-53f3-20dd-22fc7dff55f9',
    ];
    expect(said.slice(0, 3)).toEqual([
      ['Stage', '__default', '__default', stage, null],
      ['Phase', 'Job', 'Job', phase, stage],
      ['Job', 'Job', 'Job.__default', own, phase],
    ]);
    const { value } = await box.json<{ value: WireArtifact[] }>('GET', `${at}/artifacts`);
    expect(value.map(({ source }) => source)).toEqual([own]);
    const ids = job.specification.variables.filter(({ name }) => name === 'System.JobId');
    expect(ids.map(({ value: id }) => id)).toEqual([own]);
  });

  it('refuse names, paths and contents that are not right (ART-2, TH11)', async () => {
    const { files } = await nextJob();
    for (const path of ['../evil', '/etc/passwd', 'a/../../b', 'a\\b', 'c:d', 'a//b']) {
      expect((await files.publish('drop', { [path]: 'x' })).statusCode, path).toBe(400);
    }
    expect(
      (await files.publish('drop', { 'A.txt': 'x', 'a.TXT': 'y' })).json<{ message: string }>().message,
    ).toContain('letter case');
    expect((await files.publish('a/b', { 'a.txt': 'x' })).statusCode).toBe(400);
    const manifest = manifestOf({ 'a.txt': 'never sent' });
    await files.put(manifest);
    const unsent = await files.post('artifacts/publish', {
      name: 'drop',
      manifest: hashOf(manifest),
      key: 'k',
    });
    expect([unsent.statusCode, unsent.json<{ code: string }>().code]).toEqual([400, 'content-missing']);
    const damaged = await files.put('text', hashOf('other text'));
    expect([damaged.statusCode, damaged.json<{ code: string }>().code]).toEqual([422, 'blob-mismatch']);
    expect((await files.find(CURRENT)).artifacts).toEqual([]);
  });

  it('belong to their project: other projects neither see nor skip their contents, and an old lease gets nothing', async () => {
    const { job, files } = await nextJob();
    await files.publish('drop', { 'a.txt': 'secret plans' });
    const [found] = (await files.find(CURRENT)).artifacts;
    await agent.finish(job);
    expect((await files.get(hashOf('secret plans'), found!.owner)).statusCode).toBe(409);
    expect((await files.put('late')).statusCode).toBe(409);

    const other = await makeProject(box, { name: 'Other', yaml: ONE_JOB });
    const second = await nextJob(other.project, other.definition.id);
    const missing = await second.files.post('blobs/missing', { sha256: [hashOf('secret plans')] });
    expect(missing.json()).toEqual({ missing: [hashOf('secret plans')] });
    expect((await second.files.get(hashOf('secret plans'), found!.owner)).statusCode).toBe(404);
    const manifest = manifestOf({ 'a.txt': 'secret plans' });
    await second.files.put(manifest);
    const claim = await second.files.post('artifacts/publish', {
      name: 'x',
      manifest: hashOf(manifest),
      key: 'k',
    });
    expect(claim.statusCode).toBe(400);
    await agent.finish(second.job);

    const third = await nextJob();
    const asked = { sha256: [hashOf('secret plans'), hashOf('new')] };
    expect((await third.files.post('blobs/missing', asked)).json()).toEqual({ missing: [hashOf('new')] });
    const source = { kind: 'specific', run: job.specification.run };
    expect((await third.files.find(source)).artifacts).toEqual([found]);
  });

  it('grow in the container of the run, folder by folder; the last one of a path counts (ART-6, LOG-26)', async () => {
    const { job, files } = await nextJob();
    const upload = async (name: string, folder: string, contents: Record<string, string>, key: string) =>
      files.post('artifacts/upload', { name, folder, manifest: await files.send(contents), key });
    expect((await upload('logs', 'logs', { 'a.txt': 'one', 'b.txt': 'two' }, '1')).statusCode).toBe(204);
    expect((await upload('LOGS', 'logs', { 'b.txt': 'three' }, '2')).statusCode).toBe(204);
    expect((await upload('logs', 'elsewhere', { 'c.txt': 'x' }, '3')).statusCode).toBe(409);
    const place = { name: 'share', type: 'FilePath', data: '//server/share', key: '4' };
    expect((await files.post('artifacts/associate', place)).statusCode).toBe(204);
    expect((await files.post('artifacts/associate', { ...place, key: '5' })).statusCode).toBe(409);

    const run = job.specification.run;
    const base = `/${project}/_apis/build/builds/${run}/artifacts`;
    const list = await box.json<{ value: WireArtifact[] }>('GET', base);
    expect(list.value).toMatchObject([
      { name: 'logs', resource: { type: 'Container', data: `#/${run}/logs` } },
      {
        name: 'share',
        resource: { type: 'FilePath', data: '//server/share', downloadUrl: '//server/share' },
      },
    ]);
    const all = await box.json<WireArtifactFiles>('GET', `${base}?artifactName=logs&fileId=manifest`);
    expect(all.items.map(({ path, blob }) => [path, blob.id])).toEqual([
      ['/a.txt', hashOf('one')],
      ['/b.txt', hashOf('three')],
    ]);
    expect((await box.call('GET', `${base}?artifactName=share&$format=zip`)).statusCode).toBe(404);
  });

  it('are listed and downloaded over REST, as JSON, as a file and as a zip, by whoever sees the run', async () => {
    const { job, files } = await nextJob();
    await files.publish('drop', { 'a.html': '<script>alert(1)</script>', 'sub/b.txt': 'two', empty: '' });
    const run = job.specification.run;
    const base = `/${project}/_apis/build/builds/${run}/artifacts`;
    const named = await box.json<WireArtifact>('GET', `${base}?artifactName=drop`);
    expect(named.resource).toMatchObject({ type: 'PipelineArtifact', properties: { artifactsize: '28' } });
    expect(named.resource.downloadUrl).toContain('%24format=zip');
    const file = await box.call('GET', `${base}?artifactName=drop&%24format=file&subPath=%2Fa.html`);
    expect([file.body, file.headers['content-type'], file.headers['content-disposition']]).toEqual([
      '<script>alert(1)</script>',
      'application/octet-stream',
      expect.stringContaining('attachment'),
    ]);
    const zip = await box.call('GET', `${base}?artifactName=drop`, {
      headers: { accept: 'application/zip' },
    });
    expect(zip.rawPayload.subarray(0, 2).toString()).toBe('PK');
    expect(zip.rawPayload.includes('drop/sub/b.txt')).toBe(true);
    const reader = await box.token('reader');
    expect((await box.call('GET', base, { token: reader })).statusCode).toBe(200);
    expect((await box.call('GET', base, { token: job.accessToken })).statusCode).toBe(200);
    expect((await box.call('GET', base, { token: agent.token })).statusCode).toBe(403);
    expect((await box.call('POST', base, { token: reader, body: {} })).statusCode).toBe(403);
    const made = { name: 'docs', resource: { type: 'filepath', data: '//server/docs' } };
    expect(await box.json<WireArtifact>('POST', base, made)).toMatchObject({ name: 'docs' });
    const ofPipeline = `/${project}/_apis/pipelines/${definition.id}/runs/${run}/artifacts?artifactName=drop`;
    expect(await box.json('GET', ofPipeline)).toMatchObject({ name: 'drop' });
    expect((await box.call('GET', `${base}?artifactName=nothing`)).statusCode).toBe(404);
  });

  it('of another pipeline are found by its latest good run (RSRC-3)', async () => {
    const first = await nextJob();
    await first.files.publish('drop', { 'a.txt': 'good' });
    await agent.finish(first.job);
    const failed = await nextJob();
    await failed.files.publish('drop', { 'a.txt': 'bad' });
    await agent.finish(failed.job, 'failed');
    const { files } = await nextJob();
    const specific = { kind: 'specific', pipeline: definition.name };
    expect((await files.find(specific)).run).toBe(first.job.specification.run);
    expect((await files.find({ ...specific, allowFailed: true })).run).toBe(failed.job.specification.run);
    expect(
      (await files.find({ ...specific, pipeline: String(definition.id), branch: 'refs/heads/main' })).run,
    ).toBe(first.job.specification.run);
    for (const source of [
      { ...specific, pipeline: 'nothing' },
      { ...specific, branch: 'refs/heads/none' },
      { ...specific, project: 'Other' },
      { kind: 'specific', run: 999 },
      { kind: 'alias', alias: 'upstream' },
    ]) {
      expect((await files.post('artifacts/find', { source })).statusCode, JSON.stringify(source)).toBe(404);
    }
  });
});
