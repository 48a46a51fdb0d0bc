import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { policyText, type LockWish } from '@signalbox/compiler';
import { SETTING_NAMES, type LockPolicy } from '@signalbox/model';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { EXIT } from '../src/exit-codes.ts';
import { applyChanges, namesOf } from '../src/policy/apply.ts';
import { compare } from '../src/policy/difference.ts';
import { locksOf } from '../src/policy/read-file.ts';
import { wantedLocks } from '../src/policy/wanted-locks.ts';
import { runProgram } from '../src/program.ts';
import { ALL_SETTINGS, anyPolicy } from './any-policy.ts';
import { recordingTerminal } from './support.ts';
import { commitPipeline, startTestServer, type TestServer } from './test-server.ts';

const FILE = `locks:
  - environment: production
    behavior: sequential
    capacity: 2
  - stage: web/Deploy
    orderBy: runQueueTime
  - named: database
    enabled: false
`;

const PIPELINE = `
trigger: none
jobs:
- deployment: go
  environment: production
  strategy: { runOnce: { deploy: { steps: [{ script: echo }] } } }
`;

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

describe('signalbox policy', () => {
  let box: TestServer;
  let file = '';
  let project = '';
  let projects = 0;

  beforeAll(async () => {
    box = await startTestServer();
    commitPipeline(box.folder, PIPELINE);
    file = join(box.folder, 'signalbox.policy.yml');
  });

  afterAll(() => box.stop());

  beforeEach(async () => {
    projects += 1;
    project = `P${projects}`;
    await box.client.createProject({ name: project });
    writeFileSync(file, FILE);
  });

  async function policy(args: readonly string[], answer?: string): Promise<Ended> {
    const terminal = recordingTerminal(false, '', answer);
    const code = await runProgram(['policy', ...args, ...box.access], terminal);
    return { code, out: terminal.printed(), err: terminal.said() };
  }

  async function inProject(command: string, ...more: readonly string[]): Promise<Ended> {
    return policy([command, ...(command === 'export' ? [] : [file]), '--project', project, ...more]);
  }

  async function pipeline(name: string, path = '\\'): Promise<void> {
    await box.client.createDefinition(project, {
      name,
      path,
      yamlFilename: 'azure-pipelines.yml',
      repository: { url: box.folder, name: 'web', defaultBranch: 'refs/heads/main' },
    });
  }

  async function policies(): Promise<Record<string, Partial<LockPolicy>>> {
    const { items } = await box.client.listLocks(project);
    return Object.fromEntries(items.map((lock) => [lock.name, lock.policy]));
  }

  it('says that a file is valid, and how many locks it has', async () => {
    expect(await policy(['check', file])).toEqual({
      code: EXIT.ok,
      out: '',
      err: `${file} is valid: 3 locks.\n`,
    });
  });

  it('tells every mistake with its place, in each format', async () => {
    writeFileSync(file, 'locks:\n- environment: qa\n  capacity: 0\n  behaviour: sequential\n');
    const table = await policy(['check', file]);
    expect(table.code).toBe(EXIT.failed);
    expect(table.out).toContain(`${file}(3,13): error out-of-range: 0 is not between 1 and 10000.`);
    expect(table.out).toContain(`${file}(4,3): error unexpected-key: 'behaviour' is not a key of a lock.`);
    const tsv = await policy(['check', file, '--output', 'tsv']);
    expect(tsv.out.split('\n')[0]).toBe(
      [file, 3, 13, 'out-of-range', '0 is not between 1 and 10000.'].join('\t'),
    );
    const { out } = await policy(['check', file, '--output', 'json']);
    expect(JSON.parse(out)).toMatchObject({ valid: false, diagnostics: [{ range: { line: 3 } }, {}] });
  });

  it.each(['check', 'diff', 'apply'])('%s says that there is no file', async (command) => {
    const ended = await policy([command, join(box.folder, 'none.yml')]);
    expect(ended).toMatchObject({ code: EXIT.notFound });
    expect(ended.err).toContain('There is no file');
  });

  it('shows what would change, changes nothing, and says by its exit code that it differs', async () => {
    await pipeline('web');
    const { code, out, err } = await inProject('diff', '--output', 'tsv');
    expect(code).toBe(EXIT.failed);
    expect(out.trim().split('\n')).toEqual([
      'environment production\tlock\t-\tnew',
      'environment production\tcapacity\t-\t2',
      'environment production\tbehavior\t-\tsequential',
      'stage web/Deploy\tlock\t-\tnew',
      'stage web/Deploy\torderBy\t-\trunQueueTime',
      'named database\tlock\t-\tnew',
      'named database\tenabled\t-\tfalse',
    ]);
    expect(err).toBe('They differ: environment production, stage web/Deploy, named database.\n');
    expect((await box.client.listLocks(project)).items).toEqual([]);
    expect((await box.client.listEnvironments(project)).items).toEqual([]);
  });

  it('makes the locks that are not there, with their settings, and is then the same', async () => {
    await pipeline('web');
    expect(await inProject('apply', '--yes')).toMatchObject({ code: EXIT.ok });
    expect(await policies()).toMatchObject({
      production: { capacity: 2, behavior: 'sequential' },
      'web / Deploy': { orderBy: 'runQueueTime' },
      database: {},
    });
    expect(await inProject('diff')).toEqual({
      code: EXIT.ok,
      out: '',
      err: 'The server is as the file says.\n',
    });
    expect(await inProject('apply')).toMatchObject({ code: EXIT.ok });
  });

  it('changes only what differs, sets back what the file leaves out, and leaves other locks alone', async () => {
    const environment = await box.client.createEnvironment(project, { name: 'Production' });
    const { id } = await box.client.addExclusiveLock(project, environment.id);
    await box.client.updateLock(project, id, { capacity: 7, onWaitTimeout: 'fail', enabled: false });
    await box.client.createLock(project, { resource: { type: 'named', name: 'other' }, capacity: 5 });
    writeFileSync(file, 'locks:\n- environment: production\n  capacity: 2\n');
    const { out, err } = await inProject('diff', '--output', 'json');
    expect(JSON.parse(out)).toEqual({
      differences: [
        { lock: 'environment production', setting: 'enabled', from: false, to: true },
        { lock: 'environment production', setting: 'capacity', from: 7, to: 2 },
        { lock: 'environment production', setting: 'onWaitTimeout', from: 'fail', to: 'skip' },
      ],
      unnamed: [{ kind: 'named', name: 'other' }],
    });
    expect(err).not.toContain('Left alone');
    const applied = await inProject('apply', '--yes');
    expect(applied.err).toContain('Left alone, because the file does not name them: named other.');
    expect(await policies()).toMatchObject({
      Production: { capacity: 2, onWaitTimeout: 'skip' },
      other: { capacity: 5 },
    });
  });

  it('shows before it asks what would become of those who wait', async () => {
    await pipeline('web');
    const [definition] = (await box.client.listDefinitions(project)).items;
    await box.client.createLock(project, {
      resource: { type: 'environment', name: 'production' },
      behavior: 'sequential',
    });
    const first = await box.client.queueBuild(project, definition!.id, {});
    const second = await box.client.queueBuild(project, definition!.id, {});
    await box.server.settle();
    writeFileSync(file, 'locks:\n- environment: production\n  behavior: sequential\n  capacity: 2\n');
    const { code, err } = await policy(['apply', file, '--project', project], 'no');
    expect(code).toBe(EXIT.failed);
    expect(err).toMatch(
      new RegExp(
        `For those who wait now:\n  environment production: run ${second.id} web .* queued → inUse\n`,
      ),
    );
    expect(err).not.toContain(`run ${first.id} `);
    const holders = async (): Promise<readonly number[]> =>
      (await box.client.listLocks(project)).items[0]!.holders.map(({ runId }) => runId);
    expect(await holders()).toEqual([first.id]);
    await policy(['apply', file, '--project', project], 'yes');
    await box.server.settle();
    expect(await holders()).toEqual([first.id, second.id]);
  });

  it('asks a person, and takes only a yes for one', async () => {
    writeFileSync(file, 'locks:\n- environment: qa\n');
    const args = ['apply', file, '--project', project];
    const nobody = await policy(args);
    expect(nobody.code).toBe(EXIT.usage);
    expect(nobody.err).toContain('Say --yes');
    const no = await policy(args, '');
    expect(no.code).toBe(EXIT.failed);
    expect(no.err).toContain('Change this lock? [y/N] Nothing was changed.');
    expect((await box.client.listLocks(project)).items).toEqual([]);
    expect((await policy(args, 'Yes')).code).toBe(EXIT.ok);
    expect((await box.client.listLocks(project)).items).toHaveLength(1);
  });

  it('names pipelines that are not there, all at once and each with its place', async () => {
    writeFileSync(file, 'locks:\n- stage: web/Deploy\n- stage: team/api/Deploy\n');
    const ended = await inProject('apply', '--yes');
    expect(ended.code).toBe(EXIT.notFound);
    expect(ended.err.trim().split('\n')).toEqual([
      `${file}(2,10): There is no pipeline web in ${project}.`,
      `${file}(3,10): There is no pipeline team/api in ${project}.`,
    ]);
  });

  it('tells pipelines of one name apart by their folders', async () => {
    await pipeline('web', '\\team');
    writeFileSync(file, 'locks:\n- stage: web/Deploy\n- stage: Team/web/deploy\n');
    const twice = await inProject('diff');
    expect(twice.err).toContain('(3,10): There is already an entry for the stage team/web/deploy.');
    await pipeline('web', '\\other');
    writeFileSync(file, 'locks:\n- stage: web/Deploy\n');
    const unclear = await inProject('diff');
    expect(unclear.err).toContain('Write one of: other/web/Deploy, team/web/Deploy.');
    writeFileSync(file, 'locks:\n- stage: other/web/Deploy\n');
    expect(await inProject('apply', '--yes')).toMatchObject({ code: EXIT.ok });
    expect((await inProject('export')).out).toContain('- stage: other/web/Deploy\n');
  });

  it('leaves out locks of environments that are gone', async () => {
    const environment = await box.client.createEnvironment(project, { name: 'old' });
    await box.client.addExclusiveLock(project, environment.id);
    await box.client.deleteEnvironment(project, environment.id);
    writeFileSync(file, 'locks: []\n');
    expect(await inProject('diff')).toEqual({
      code: EXIT.ok,
      out: '',
      err: 'The server is as the file says.\n',
    });
  });

  it('says as any command that it is not allowed', async () => {
    const token = await box.client.createToken({ name: `contributor of ${project}`, role: 'contributor' });
    const terminal = recordingTerminal();
    writeFileSync(file, 'locks:\n- named: a\n- named: b\n');
    const args = ['policy', 'apply', file, '--yes', '--project', project, '--url', box.server.baseUrl];
    const code = await runProgram([...args, '--token', token.secret], terminal);
    expect(code).toBe(EXIT.denied);
    expect((await box.client.listLocks(project)).items).toEqual([]);
  });

  it('stops at a refusal, and tells what is done and what is not', async () => {
    await pipeline('web');
    const locks = await locksOf(recordingTerminal(), file);
    const wanted = await wantedLocks(box.client, project, locks);
    // Somebody else makes the second lock between the comparison and the change.
    const { items } = await box.client.listDefinitions(project);
    const definitionId = items[0]!.id;
    await box.client.createLock(project, {
      resource: { type: 'persistedStage', definitionId, stage: 'Deploy' },
    });
    const { done, failed } = await applyChanges(box.client, project, compare(wanted, []).changes);
    expect(namesOf(done)).toBe('environment production');
    expect(failed).toMatchObject({
      change: { wanted: { resource: { kind: 'stage' } } },
      error: { status: 409 },
    });
    expect((await box.client.listLocks(project)).items.map(({ name }) => name)).not.toContain('database');
  });

  it('puts presets and lanes in force, and exports the settings that they are', async () => {
    writeFileSync(
      file,
      `locks:
- environment: production
  preset: deployLatestAndCancelTheOthers
  lanes: [{ name: hotfix, branches: [ 'refs/heads/hotfix/*' ], headStartMinutes: 60 }]
`,
    );
    const { out } = await inProject('diff', '--output', 'tsv');
    expect(out).toContain('environment production\tslot\t-\tbeforeApproval\n');
    expect(out).toContain('environment production\tlanes\t-\thotfix=refs/heads/hotfix/*:60\n');
    expect(await inProject('apply', '--yes')).toMatchObject({ code: EXIT.ok });
    expect(await policies()).toMatchObject({
      production: { slot: 'beforeApproval', behavior: 'runLatest', lanes: [{ name: 'hotfix' }] },
    });
    const exported = (await inProject('export')).out;
    expect(exported).toContain('slot: beforeApproval');
    expect(exported).not.toContain('preset');
    expect((await inProject('diff')).code).toBe(EXIT.ok);
  });

  it('exports as text, as JSON and as lines', async () => {
    writeFileSync(file, 'locks:\n- named: database\n  capacity: 3\n');
    await inProject('apply', '--yes');
    expect((await inProject('export')).out).toMatch(/locks:\n {2}- named: database\n {4}capacity: 3\n$/);
    const lines = (await inProject('export', '--output', 'tsv')).out.trim().split('\n');
    expect(lines.map((line) => line.split('\t')[1])).toEqual(['enabled', ...SETTING_NAMES]);
    expect([...SETTING_NAMES].toSorted()).toEqual(ALL_SETTINGS.toSorted());
    expect(lines).toContain('named database\tcapacity\t3');
    const { out } = await inProject('export', '--output', 'json');
    expect(JSON.parse(out)).toMatchObject([{ resource: { kind: 'named' }, policy: { capacity: 3 } }]);
  });

  it(
    'is without a difference after apply, and after export, whatever the policies',
    { timeout: 120_000 },
    async () => {
      await pipeline('web');
      // Those of the spans: one that is not there is told.
      await pipeline('shop');
      await pipeline('api', '\\team');
      const resource = fc.constantFrom<LockWish['resource']>(
        { kind: 'environment', name: 'production' },
        { kind: 'environment', name: 'yes: #1' },
        { kind: 'stage', name: 'web/Deploy' },
        { kind: 'named', name: 'database' },
      );
      const wish = fc.record({ resource, policy: anyPolicy, enabled: fc.boolean() });
      const wishes = fc.uniqueArray(wish, { maxLength: 4, selector: (one) => one.resource.name });
      const same = { code: EXIT.ok, out: '' };
      await fc.assert(
        fc.asyncProperty(wishes, async (locks) => {
          writeFileSync(file, policyText(locks));
          expect(await inProject('apply', '--yes')).toMatchObject({ code: EXIT.ok });
          expect(await inProject('diff')).toMatchObject(same);
          const exported = (await inProject('export')).out;
          writeFileSync(file, exported);
          expect(await policy(['check', file])).toMatchObject(same);
          expect(await inProject('diff')).toEqual({ ...same, err: 'The server is as the file says.\n' });
          expect((await inProject('export')).out).toBe(readFileSync(file, 'utf8'));
        }),
        { numRuns: 15 },
      );
    },
  );
});
