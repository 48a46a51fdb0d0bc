import { createClient, type FeedMessage } from '@signalbox/api';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { makeProject, ONE_JOB, queue } from './support/project.ts';
import { ADMIN, testServer, type TestServer } from './support/test-server.ts';

describe('the live feed', () => {
  let box: TestServer;

  beforeEach(async () => {
    box = await testServer();
  });

  afterEach(async () => {
    await box.close();
  });

  const client = (): ReturnType<typeof createClient> =>
    createClient({ baseUrl: box.server.baseUrl, token: ADMIN, fetch });

  async function until(
    messages: AsyncIterable<FeedMessage>,
    isLast: (message: FeedMessage) => boolean,
  ): Promise<FeedMessage[]> {
    const heard: FeedMessage[] = [];
    for await (const message of messages) {
      heard.push(message);
      if (isLast(message)) break;
    }
    return heard;
  }

  const isChange = (type: string) => (message: FeedMessage) =>
    message.kind === 'change' && message.change.type === type;

  it('tells of changes as they happen, and goes on behind a cursor without gap or repeat', async () => {
    const { project, definition } = await makeProject(box, { yaml: ONE_JOB });
    const start = await box.store.journal.tail();
    let open = false;
    const live = until(client().feed({ project }), (message) => {
      open = true;
      return isChange('RunStarted')(message);
    });
    await vi.waitFor(() => expect(open).toBe(true), 60_000);
    const first = await queue(box, project, definition.id);
    const heard = (await live).filter((message) => message.kind === 'change');
    expect(heard.some((message) => message.change.run === first.id)).toBe(true);

    await queue(box, project, definition.id);
    const all = await until(client().feed({ project, cursor: start }), isSecond(first.id));
    const changes = all.filter((message) => message.kind === 'change');
    const middle = changes[Math.floor(changes.length / 2)]!;
    const rest = await until(client().feed({ project, cursor: middle.cursor }), isSecond(first.id));
    const resumed = rest.filter((message) => message.kind === 'change');
    const after = changes.slice(changes.indexOf(middle) + 1);
    expect(resumed.map((message) => message.change)).toEqual(after.map((message) => message.change));
  });

  const isSecond = (firstRun: number) => (message: FeedMessage) =>
    message.kind === 'change' && message.change.type === 'RunStarted' && message.change.run !== firstRun;

  it('asks to read everything anew when the cursor is none of ours', async () => {
    const [first] = await until(
      client().feed({ cursor: 'nonsense' }),
      (message) => message.kind === 'resync',
    );
    expect(first?.kind).toBe('resync');
  });

  it('opens five streams for one caller, and refuses the sixth until one is closed', async () => {
    const ends: AbortController[] = [];
    const open = async (): Promise<number> => {
      const end = new AbortController();
      ends.push(end);
      const response = await fetch(`${box.server.baseUrl}/_apis/signalbox/feed`, {
        headers: { authorization: `Bearer ${ADMIN}` },
        signal: end.signal,
      });
      return response.status;
    };
    const statuses: number[] = [];
    for (let count = 0; count < 6; count += 1) statuses.push(await open());
    expect(statuses).toEqual([200, 200, 200, 200, 200, 429]);
    ends[0]?.abort();
    await expect.poll(open).toBe(200);
    for (const end of ends) end.abort();
  });

  it('ends open streams when the server closes', async () => {
    const messages = client().feed();
    await messages.next();
    const ended = until(messages, () => false);
    await box.server.close();
    await expect(ended).resolves.toBeDefined();
  });
});
