import { getHandlerFromToken, WebApi } from 'azure-devops-node-api';
import type { IBuildApi } from 'azure-devops-node-api/BuildApi.js';
import {
  BuildResult,
  BuildStatus,
  QueryDeletedOption,
  type Build,
} from 'azure-devops-node-api/interfaces/BuildInterfaces.js';
import { Operation } from 'azure-devops-node-api/interfaces/common/VSSInterfaces.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectAgent } from './support/fake-agent.ts';
import { makeProject, ONE_JOB } from './support/project.ts';
import { ADMIN, testServer, type TestServer } from './support/test-server.ts';

const PROJECT = 'Demo';

describe("azure-devops-node-api's build client, unchanged", () => {
  let box: TestServer;
  let builds: IBuildApi;
  let run = 0;

  beforeAll(async () => {
    box = await testServer({ pollWaitMs: 10 });
    await makeProject(box, { yaml: ONE_JOB });
    const agent = await connectAgent(box);
    const handler = getHandlerFromToken(ADMIN);
    builds = await new WebApi(box.server.baseUrl, handler).getBuildApi();
    const queued = await builds.queueBuild({ definition: { id: 1 } } as Build, PROJECT);
    run = queued.id ?? 0;
    await box.server.settle();
    await agent.finish((await agent.poll())!);
    await box.server.settle();
  });

  afterAll(async () => {
    await box.close();
  });

  it('folders', async () => {
    const made = await builds.createFolder({ path: '\\team', description: 'd' }, PROJECT, '\\team');
    expect([made.path, made.description]).toEqual(['\\team', 'd']);
    const moved = await builds.updateFolder({ path: '\\squad' }, PROJECT, '\\team');
    expect(moved.path).toBe('\\squad');
    expect((await builds.getFolders(PROJECT)).map(({ path }) => path)).toEqual(['\\', '\\squad']);
    expect((await builds.getFolders(PROJECT, '\\squad')).map(({ path }) => path)).toEqual(['\\squad']);
    await builds.deleteFolder(PROJECT, '\\squad');
    expect(await builds.getFolders(PROJECT)).toHaveLength(1);
  });

  it('tags, revisions, metrics and properties of definitions, and of runs', async () => {
    expect(await builds.addDefinitionTags(['b', 'a'], PROJECT, 1)).toEqual(['a', 'b']);
    expect(await builds.addDefinitionTag(PROJECT, 1, 'c')).toEqual(['a', 'b', 'c']);
    expect(await builds.deleteDefinitionTag(PROJECT, 1, 'b')).toEqual(['a', 'c']);
    expect(await builds.getDefinitionTags(PROJECT, 1)).toEqual(['a', 'c']);
    expect((await builds.getDefinitionRevisions(PROJECT, 1)).map(({ revision }) => revision)).toEqual([1]);
    expect(await builds.getDefinitionMetrics(PROJECT, 1)).toHaveLength(2);
    await builds.addBuildTags(['x'], PROJECT, run);
    expect(await builds.getTags(PROJECT)).toEqual(['x']);
    expect(await builds.deleteTag(PROJECT, 'x')).toEqual([]);
    const patch = [{ op: Operation.Add, path: '/owner', value: 'ann' }];
    await builds.updateBuildProperties(null, patch, PROJECT, run);
    expect(await builds.getBuildProperties(PROJECT, run)).toMatchObject({
      value: { owner: { $value: 'ann' } },
    });
    await builds.updateDefinitionProperties(null, patch, PROJECT, 1);
    expect(await builds.getDefinitionProperties(PROJECT, 1)).toMatchObject({ count: 1 });
  });

  it('latest run, badge, report and changes', async () => {
    expect((await builds.getLatestBuild(PROJECT, 'deploy')).id).toBe(run);
    expect(await builds.getStatusBadge(PROJECT, 'deploy')).toContain('<svg');
    expect((await builds.getBuildReport(PROJECT, run)).content).toContain('succeeded');
    expect((await builds.getBuildChanges(PROJECT, run)).map(({ type }) => type)).toEqual(['Git']);
  });

  it('settings, usage and authorized resources', async () => {
    const settings = await builds.getBuildGeneralSettings(PROJECT);
    expect(settings.enforceSettableVar).toBe(true);
    const changed = await builds.updateBuildGeneralSettings({ statusBadgesArePrivate: false }, PROJECT);
    expect(changed.statusBadgesArePrivate).toBe(false);
    expect((await builds.getResourceUsage()).distributedTaskAgents).toBe(1);
    const retention = await builds.updateRetentionSettings({ runRetention: { value: 30 } }, PROJECT);
    expect(retention.purgeRuns?.value).toBe(30);
    expect((await builds.getRetentionSettings(PROJECT)).purgeRuns?.value).toBe(30);
    const [queue] = await builds.getProjectResources(PROJECT, 'queue');
    expect(queue).toMatchObject({ type: 'queue', authorized: true });
    const closed = [{ ...queue, authorized: false }];
    expect(await builds.authorizeProjectResources(closed, PROJECT)).toMatchObject([{ authorized: false }]);
    expect(await builds.getProjectResources(PROJECT, 'queue')).toEqual([]);
    const open = [{ ...queue, authorized: true }];
    await builds.authorizeDefinitionResources(open, PROJECT, 1);
    expect(await builds.getDefinitionResources(PROJECT, 1)).toMatchObject([{ type: 'queue' }]);
  });

  it('leases, and runs that are kept and deleted', async () => {
    const wanted = { daysValid: 3, definitionId: 1, ownerId: 'me', protectPipeline: true, runId: run };
    const [lease] = await builds.addRetentionLeases([wanted], PROJECT);
    const id = lease?.leaseId ?? 0;
    expect(lease?.validUntil).toBeInstanceOf(Date);
    expect((await builds.getRetentionLease(PROJECT, id)).runId).toBe(run);
    expect(await builds.getRetentionLeasesByOwnerId(PROJECT, 'me')).toHaveLength(1);
    const triples = [
      { definitionId: 1, ownerId: 'me', runId: run },
      { definitionId: 1, ownerId: 'other', runId: run },
    ];
    expect(await builds.getRetentionLeasesByMinimalRetentionLeases(PROJECT, triples)).toHaveLength(1);
    expect(await builds.getRetentionLeasesForBuild(PROJECT, run)).toHaveLength(1);
    const update = { daysValid: 9, protectPipeline: false };
    expect((await builds.updateRetentionLease(update, PROJECT, id)).protectPipeline).toBe(false);
    await expect(builds.deleteBuild(PROJECT, run)).rejects.toMatchObject({ statusCode: 409 });
    await builds.deleteRetentionLeasesById(PROJECT, [id]);
    const kept = await builds.updateBuild({ keepForever: true } as Build, PROJECT, run);
    expect([kept.keepForever, kept.status, kept.result]).toEqual([
      true,
      BuildStatus.Completed,
      BuildResult.Succeeded,
    ]);
    expect(await builds.getRetentionLeasesByUserId(PROJECT, 'administrator')).toHaveLength(1);
    expect(await builds.getRetentionLeasesByUserId(PROJECT, 'me')).toHaveLength(0);
    await builds.updateBuild({ keepForever: false } as Build, PROJECT, run);
    await builds.deleteBuild(PROJECT, run);
    expect(await builds.getBuild(PROJECT, run)).toBeNull();
    expect(await builds.getBuilds(PROJECT)).toEqual([]);
    // The client takes its filters by position.
    const three = [undefined, undefined, undefined] as const;
    const skipped = [...three, ...three, ...three, ...three, undefined, undefined] as const;
    const deleted = await builds.getBuilds(PROJECT, ...skipped, QueryDeletedOption.OnlyDeleted);
    expect(deleted.map((one) => [one.id, one.deleted])).toEqual([[run, true]]);
  });
});
