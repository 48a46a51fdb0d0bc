import { statSync } from 'node:fs';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSealer } from '../src/auth/sealer.ts';
import { ownKeys } from '../src/secrets/key-source.ts';
import { connectAgent } from './support/fake-agent.ts';
import { makeProject, queue } from './support/project.ts';
import { testServer, type TestServer } from './support/test-server.ts';

const TWO_JOBS = `
trigger: none
pool: Default
jobs:
  - job: A
    steps:
      - checkout: none
      - script: echo
        name: out
  - job: B
    dependsOn: A
    variables:
      handed: $[ format('Bearer {0}', dependencies.A.outputs['out.word']) ]
    steps:
      - checkout: none
      - script: echo
`;

describe('createSealer', () => {
  const folder = mkdtempSync(join(tmpdir(), 'signalbox-sealer-'));

  it('opens what it sealed, also inside a text and with the key of an earlier start', () => {
    const once = createSealer(ownKeys(folder)).seal('hunter2 ✓');
    const again = createSealer(ownKeys(folder));
    expect(once).not.toContain('hunter2');
    expect(again.open(`a ${once} b ${once}`)).toBe('a hunter2 ✓ b hunter2 ✓');
    expect(again.seal('hunter2 ✓')).not.toBe(once);
    expect(again.seal('')).toBe('');
  });

  it('leaves alone what it did not seal, and what was changed', () => {
    const sealer = createSealer(ownKeys(folder));
    const other = createSealer(ownKeys(mkdtempSync(join(tmpdir(), 'signalbox-sealer-')))).seal('x');
    expect(sealer.open(other)).toBe(other);
    expect(sealer.open('{sealed:v1:AAAA}')).toBe('{sealed:v1:AAAA}');
    const good = sealer.seal('secret');
    // Not the last character: some of its bits may stand for nothing.
    const changed = good.replace(/:.(?=[^:]*$)/, (start) => (start === ':A' ? ':B' : ':A'));
    expect(sealer.open(changed)).not.toBe('secret');
  });

  it('keeps its key where only the owner reads it', () => {
    expect(statSync(join(folder, 'secret.key')).mode & 0o777).toBe(0o600);
  });
});

describe('secrets on their way through the server (INV-61, INV-83)', () => {
  let box: TestServer;

  beforeEach(async () => {
    box = await testServer();
  });

  afterEach(async () => {
    await box.close();
  });

  it('reach the job in clear, and the database and the journal only sealed', async () => {
    const { project, definition } = await makeProject(box, { yaml: TWO_JOBS });
    const path = `/${project}/_apis/build/definitions/${definition.id}`;
    const before = await box.json<Record<string, unknown>>('GET', path);
    const variables = { password: { value: 'pa55-in-clear', isSecret: true, allowOverride: true } };
    await box.json('PUT', path, { ...before, variables });
    // Clients send back what they read: the secret comes as null and stays.
    const read = await box.json<Record<string, unknown>>('GET', path);
    await box.json('PUT', path, read);
    const agent = await connectAgent(box, { name: 'a' });
    const run = await queue(box, project, definition.id);
    const first = await agent.poll();
    const password = first?.specification.variables.find((one) => one.name === 'password');
    expect(password).toMatchObject({ value: 'pa55-in-clear', secret: true });
    const at = Date.now();
    await agent.report(first!, 1, [
      { kind: 'started', at },
      { kind: 'output', name: 'out.word', value: 'w0rd-in-clear', secret: true },
      { kind: 'finished', at, result: 'succeeded' },
    ]);
    const second = await agent.poll();
    const handed = second?.specification.variables.find((one) => one.name === 'handed');
    expect(handed).toMatchObject({ value: 'Bearer w0rd-in-clear', secret: true });
    const { entries } = await box.store.journal.feed(undefined, 1000);
    const stored = JSON.stringify([
      entries,
      await box.store.runs.get(run.id),
      await box.store.definitions.list(1),
    ]);
    expect(stored).not.toContain('in-clear');
    expect(stored).toMatch(/\{sealed:v2:[0-9a-f]{8}:/);
  });

  it('cannot be replaced when queueing, where the new value would stay in clear', async () => {
    const { project, definition } = await makeProject(box, { yaml: TWO_JOBS });
    const path = `/${project}/_apis/build/definitions/${definition.id}`;
    const before = await box.json<Record<string, unknown>>('GET', path);
    await box.json('PUT', path, {
      ...before,
      variables: { s: { value: 'old', isSecret: true, allowOverride: true } },
    });
    const answer = await box.call('POST', `/${project}/_apis/build/builds`, {
      body: { definition: { id: definition.id }, parameters: '{"S":"new"}' },
    });
    expect(answer.statusCode).toBe(400);
  });
});
