import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Reply } from '../support/http-receiver.ts';
import { addConnection, checkedServer, type CheckedServer } from '../support/waiting-stage.ts';

const CRITERIA = 'eq(root.go, true)';

/** What a service may answer, and what the check says of it; none of it passes. */
const ANSWERS: readonly (readonly [string, Reply, string])[] = [
  ['an error', { status: 500, body: '{"go": true}' }, 'It answered 500'],
  ['a refusal', { status: 403 }, 'It answered 403'],
  ['nothing at all', { status: 204 }, 'The success criteria are false'],
  ['no JSON', { status: 200, body: '{"go": tru' }, 'The success criteria are false'],
  ['a page', { status: 200, body: '<html>Sign in</html>' }, 'The success criteria are false'],
  ['10 MB', { status: 200, body: `{"go": true, "x": "${'x'.repeat(10_000_000)}"}` }, 'larger than'],
  ['a list without end', { status: 200, body: '['.repeat(200_000) }, 'The success criteria are false'],
  ['a text that reads true', { status: 200, body: '{"go": "yes"}' }, 'The success criteria are false'],
  ['a prototype', { status: 200, body: '{"__proto__": {"go": true}}' }, 'The success criteria are false'],
  ['a redirect to a cloud’s keys', redirect('http://169.254.169.254/latest/meta-data/'), 'may not call'],
  ['a redirect to a private address', redirect('http://10.0.0.1/'), 'may not call'],
  ['a redirect to another port here', redirect('http://127.0.0.1:1/'), 'may not call'],
  ['a redirect to a file', redirect('file:///etc/passwd'), ''],
  ['a redirect to itself', { status: 307, headers: { location: '/' } }, 'redirects'],
  ['a redirect of a POST', { status: 302, headers: { location: '/' } }, ''],
];

function redirect(location: string): Reply {
  return { status: 307, headers: { location } };
}

describe('an answer that is not as it should be', () => {
  const open: CheckedServer[] = [];
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });
  async function start(): Promise<CheckedServer> {
    const made = await checkedServer();
    open.push(made);
    return made;
  }

  it.each(ANSWERS)('%s never passes, and the stage says so [HOOK-3, HOOK-4]', async (_, reply, says) => {
    const at = await start();
    at.service.answer = () => reply;
    await at.addCheck({ successCriteria: CRITERIA });
    const run = await at.queue();
    expect(await at.stage(run)).toMatchObject({ phase: 'completed', result: 'failed' });
    const { message = '' } = await at.check(run);
    expect(message).toContain(says);
    expect(message.length).toBeLessThan(600);
  });

  it.each([
    ['at a private address', 'http://10.1.2.3/'],
    ['at the address of a cloud’s keys', 'http://169.254.169.254/'],
    ['at another port of this machine', 'http://127.0.0.1:9/'],
    ['with a name that has no address', 'http://nobody.invalid/'],
  ])('a service %s is not called [TH5]', async (_, url) => {
    const at = await start();
    await addConnection(at.box, 'bad', url);
    await at.addCheck({ connectedServiceName: 'bad' });
    const run = await at.queue();
    expect(await at.stage(run)).toMatchObject({ phase: 'completed', result: 'failed' });
    expect((await at.check(run)).message).toMatch(/may not call|has no address/);
  });

  it('a connection that is cut has no answer, and says so', async () => {
    const cut = createServer((request) => request.socket.destroy());
    await new Promise<void>((done) => cut.listen(0, '127.0.0.1', done));
    const { port } = cut.address() as AddressInfo;
    const at = await checkedServer({ outbound: [`127.0.0.1:${port}`] });
    open.push(at);
    await addConnection(at.box, 'cut', `http://127.0.0.1:${port}`);
    await at.addCheck({ connectedServiceName: 'cut' });
    const run = await at.queue();
    expect((await at.check(run)).message).toContain('could not be reached');
    await new Promise((done) => cut.close(done));
  });

  it('a connection that is gone by now fails the evaluation', async () => {
    const at = await start();
    await at.addCheck({});
    const { value } = await at.box.json<{ value: { id: string }[] }>(
      'GET',
      '/Demo/_apis/serviceendpoint/endpoints',
    );
    const row = value[0]!;
    await at.box.store.connections.remove(1, row.id);
    const run = await at.queue();
    expect((await at.check(run)).message).toContain('no service connection that exists');
    expect(at.service.received).toEqual([]);
  });
});
