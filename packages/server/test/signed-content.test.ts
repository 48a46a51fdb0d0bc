import type { AgentJob, WireRunArtifact, WireRunLog, WireRunLogs, WireSignedContent } from '@signalbox/api';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSealer } from '../src/auth/sealer.ts';
import { openTicket, signedContent } from '../src/auth/signed-content.ts';
import { SIGNED_CONTENT_MS } from '../src/limits.ts';
import { ownKeys } from '../src/secrets/key-source.ts';
import { artifactAgent } from './support/artifact-agent.ts';
import { connectAgent } from './support/fake-agent.ts';
import { makeProject, ONE_JOB, queue } from './support/project.ts';
import { testServer, type TestServer } from './support/test-server.ts';

describe('signed addresses (REST §3.4)', () => {
  let box: TestServer;
  let job: AgentJob;
  let now = Date.UTC(2026, 0, 1);

  /** A run with one log of two lines and one artifact. */
  beforeEach(async () => {
    box = await testServer({ clock: () => now, pollWaitMs: 10 });
    const { project, definition } = await makeProject(box, { yaml: ONE_JOB });
    const agent = await connectAgent(box);
    await queue(box, project, definition.id);
    await box.server.settle();
    const polled = await agent.poll();
    if (polled === undefined) throw new Error('no job');
    job = polled;
    await artifactAgent(box, agent, job).publish('drop', { 'a.txt': 'one' });
    await agent.finish(job);
    await box.server.settle();
  });

  afterEach(() => box.close());

  const logs = (query = ''): Promise<WireRunLogs> =>
    box.json('GET', `/Demo/_apis/pipelines/1/runs/1/logs${query}`);

  /** What somebody gets who has the address and no token. */
  async function open(
    signed: WireSignedContent | undefined,
  ): Promise<readonly [status: number, text: string]> {
    const url = new URL(String(signed?.url));
    const headers = { host: '127.0.0.1' };
    const answer = await box.server.http.inject({ method: 'GET', url: url.pathname, headers });
    return [answer.statusCode, answer.body];
  }

  it('are given on request alone, for every log, all logs and an artifact', async () => {
    expect((await logs()).logs[0]).not.toHaveProperty('signedContent');
    for (const query of ['?$expand=signedContent', '?%24expand=1']) {
      const { logs: listed, signedContent: all } = await logs(query);
      const [status, text] = await open(listed[0]?.signedContent);
      const plain = await box.call('GET', `/Demo/_apis/build/builds/1/logs/${listed[0]?.id}`);
      expect([status, text]).toEqual([200, plain.body]);
      expect((await open(all))[1].slice(0, 2)).toBe('PK');
    }
    const path = '/Demo/_apis/pipelines/1/runs/1/artifacts?artifactName=drop';
    expect(await box.json<WireRunArtifact>('GET', path)).not.toHaveProperty('signedContent');
    const drop = await box.json<WireRunArtifact>('GET', `${path}&$expand=signedContent`);
    expect((await open(drop.signedContent))[1]).toContain('drop/a.txt');
  });

  it('come with one log, whose content is there for who asks for text', async () => {
    const { logs: listed } = await logs();
    const path = `/Demo/_apis/pipelines/1/runs/1/logs/${listed[0]?.id}`;
    const one = await box.json<WireRunLog>('GET', `${path}?$expand=signedContent`);
    expect(one).toMatchObject({ ...listed[0], signedContent: { url: expect.any(String) as string } });
    expect((await open(one.signedContent))[0]).toBe(200);
    const text = await box.call('GET', path, { headers: { accept: 'text/plain' } });
    expect(text.headers['content-type']).toBe('text/plain; charset=utf-8');
    expect((await box.call('GET', '/Demo/_apis/pipelines/1/runs/1/logs/99')).statusCode).toBe(404);
  });

  it('are good for a quarter of an hour, and not behind the end of their run', async () => {
    const { signedContent: all } = await logs('?$expand=signedContent');
    expect(Date.parse(String(all?.signatureExpires))).toBe(now + SIGNED_CONTENT_MS);
    now += SIGNED_CONTENT_MS - 1;
    expect((await open(all))[0]).toBe(200);
    now += 1;
    expect(await open(all)).toEqual([403, expect.stringContaining('has expired')]);
    const { signedContent: fresh } = await logs('?$expand=signedContent');
    expect((await box.call('DELETE', '/Demo/_apis/build/builds/1')).statusCode).toBe(204);
    expect((await open(fresh))[0]).toBe(404);
  });

  it('open nothing when they are made up, changed, or sealed for another purpose', async () => {
    const { signedContent: all } = await logs('?$expand=signedContent');
    const ticket = String(all?.url).split('/').at(-1) ?? '';
    const sealed = (text: string): string =>
      Buffer.from(createSealer(ownKeys(box.folder)).seal(text)).toString('base64url');
    const plain = JSON.stringify(['signed content', 'logs', 1, 0, now + 1000]);
    for (const wrong of [
      'x',
      Buffer.from(plain).toString('base64url'),
      sealed('pa55'),
      sealed('["secure file","logs",1,0,9e15]'),
    ]) {
      expect(
        await open({ url: `${box.server.baseUrl}/_apis/signalbox/content/${wrong}`, signatureExpires: '' }),
      ).toEqual([404, expect.stringContaining('The content of this address')]);
    }
    const app = { sealer: createSealer(ownKeys(box.folder)) };
    fc.assert(
      fc.property(
        fc.nat(ticket.length - 1),
        fc.constantFrom('A', 'Q', 'g', 'w', '0', '9', '-', '_'),
        (at, letter) => {
          const changed = `${ticket.slice(0, at)}${letter}${ticket.slice(at + 1)}`;
          const same = Buffer.from(changed, 'base64url').equals(Buffer.from(ticket, 'base64url'));
          expect(openTicket(app, changed, now) === undefined).toBe(!same);
        },
      ),
    );
  });

  it('are other ones each time, and name nothing that somebody could read', () => {
    const app = {
      sealer: createSealer(ownKeys(box.folder)),
      baseUrl: () => 'http://x/default',
      clock: () => now,
    };
    const content = { kind: 'log', run: 7, id: 3 } as const;
    const [one, other] = [signedContent(app, content), signedContent(app, content)];
    expect(one.url).not.toBe(other.url);
    expect(openTicket(app, one.url.split('/').at(-1) ?? '', now)).toEqual(content);
  });
});
