import type { LightMyRequestResponse } from 'fastify';
import { connectAgent } from '../support/fake-agent.ts';
import { lockEnvironment, makeProject, ONE_JOB, queue } from '../support/project.ts';
import { ADMIN, testServer, type TestServer } from '../support/test-server.ts';
import type { HostileRequest } from './requests.ts';

/** A server with something of everything, whose clock stands: what changes, a request has changed. */
export interface World {
  readonly box: TestServer;
  /** Texts that no answer may hold. */
  readonly secrets: readonly string[];
  send(request: HostileRequest): Promise<LightMyRequestResponse>;
  /** All that can be listed, as text. */
  picture(): Promise<string>;
}

// The clock stands: nothing that is asked would ever be free again.
const ENDLESS = { burst: 1e9, perSecond: 1 };

/** Makes one; close its box afterwards. */
export async function fuzzWorld(): Promise<World> {
  const now = Date.parse('2026-11-22T10:00:00Z');
  const box = await testServer({
    hostile: true,
    clock: () => now,
    pollWaitMs: 5,
    rates: { caller: ENDLESS, agent: ENDLESS, anonymous: ENDLESS },
  });
  const demo = await makeProject(box);
  await lockEnvironment(box, demo.project);
  await makeProject(box, { name: 'Other', yaml: ONE_JOB });
  const agent = await connectAgent(box);
  for (let run = 0; run < 3; run += 1) await queue(box, demo.project, demo.definition.id);
  const password = 'pa55-of-the-fuzzed';
  const variables = { word: { value: password, isSecret: true } };
  await box.json('POST', '/Demo/_apis/distributedtask/variablegroups', {
    name: 'group',
    type: 'Vsts',
    variables,
  });
  const gate = { name: 'contoso', organizationUrl: 'https://dev.azure.com/contoso/' };
  const asked = await box.json<{ secret: string }>('POST', '/Demo/_apis/signalbox/gates/azure', gate);
  const tokens: Readonly<Record<HostileRequest['as'], string | undefined>> = {
    administrator: ADMIN,
    contributor: await box.token('contributor'),
    reader: await box.token('reader'),
    agent: agent.token,
    gate: asked.secret,
    anonymous: undefined,
  };
  await box.server.settle();
  return {
    box,
    secrets: [password, box.folder],
    send: ({ method, path, body, headers, as }) =>
      box.call(method, path.replace(/^\/\//, '/'), {
        token: tokens[as],
        headers,
        ...(body !== undefined && { body }),
      }),
    async picture() {
      const lists = await Promise.all(LISTS.map(async (path) => textOf(path, await box.call('GET', path))));
      return lists.join('\n');
    },
  };
}

const LISTS: readonly string[] = ['Demo', 'Other']
  .flatMap((project) =>
    [
      'build/definitions?includeAllProperties=true',
      'build/builds',
      'build/folders',
      'build/generalsettings',
      'build/retention/leases',
      'distributedtask/environments',
      'distributedtask/variablegroups',
      'distributedtask/queues',
      'distributedtask/securefiles',
      'serviceendpoint/endpoints',
      'pipelines/checks/configurations?resourceType=environment&resourceId=1&$expand=settings',
      'pipelines/approvals',
      'signalbox/locks',
      'signalbox/calendars',
      'signalbox/triggers',
      'signalbox/gates/azure',
      'signalbox/notifications',
    ].map((list) => `/${project}/_apis/${list}`),
  )
  .concat([
    '/_apis/projects',
    '/_apis/distributedtask/pools',
    '/_apis/hooks/subscriptions',
    '/_apis/signalbox/groups',
  ]);

// A list that is refused would look the same whatever happens.
function textOf(path: string, { statusCode, body }: LightMyRequestResponse): string {
  if (statusCode !== 200) throw new Error(`GET ${path}: ${statusCode} ${body.slice(0, 200)}`);
  // What could not be delivered shows by itself, some time later: only which ones there are counts.
  return /notifications|hooks/.test(path) ? (body.match(/"id":"[^"]+"/g) ?? []).join() : body;
}
