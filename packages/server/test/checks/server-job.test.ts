import { afterEach, describe, expect, it } from 'vitest';
import { callback, checkedServer, type CheckedServer } from '../support/waiting-stage.ts';

function pipeline(waits: boolean): string {
  return `
trigger: none
variables:
  size: small
stages:
  - stage: Tell
    jobs:
      - job: Call
        pool: server
        steps:
          - task: InvokeRESTAPI@1
            inputs:
              connectionType: connectedServiceName
              serviceConnection: ops
              method: POST
              urlSuffix: /tell/$(size)
              body: '{"run": $(Build.BuildId)}'
              waitForCompletion: '${waits}'
`;
}

describe('a job on the server that asks a service [HOOK-1]', () => {
  let at: CheckedServer;
  afterEach(async () => {
    await at.close();
  });

  it.each([
    [200, 'succeeded'],
    [500, 'failed'],
  ])('is decided by the answer %i: %s', async (status, result) => {
    at = await checkedServer({ yaml: pipeline(false) });
    at.service.answer = () => ({ status });
    const run = await at.queue();
    expect(at.service.received[0]).toMatchObject({ path: '/tell/small', body: `{"run": ${run}}` });
    expect(await at.stage(run)).toMatchObject({ phase: 'completed', result });
  });

  it('is decided by the callback', async () => {
    at = await checkedServer({ yaml: pipeline(true) });
    const run = await at.queue();
    expect((await at.stage(run)).phase).toBe('running');
    const { path, token, body } = callback(at.service.received[0]!, 'succeeded');
    expect((await at.box.call('POST', path, { token, body })).statusCode).toBe(204);
    await at.box.server.settle();
    expect(await at.stage(run)).toMatchObject({ phase: 'completed', result: 'succeeded' });
  });
});
