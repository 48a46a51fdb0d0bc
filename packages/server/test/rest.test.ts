import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { connectAgent, type FakeAgent } from './support/fake-agent.ts';
import { lacking } from './support/lacking.ts';
import { lockEnvironment, makeProject, queue } from './support/project.ts';
import { ADMIN, testServer, type TestServer } from './support/test-server.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** One case of `spec/rest`; its README says what the words mean. */
interface Case extends Partial<Record<(typeof METHODS)[number], string>> {
  readonly name: string;
  readonly cites: readonly string[];
  readonly finishJobs?: number;
  readonly send?: unknown;
  readonly body?: unknown;
  readonly raw?: string;
  readonly as?: string;
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly lacks?: readonly string[];
  readonly svg?: string;
}

const folder = fileURLToPath(new URL('../../../spec/rest/', import.meta.url));
const files = readdirSync(folder).filter((file) => file.endsWith('.yml'));

describe.each(files)('spec/rest/%s', (file) => {
  const cases = parse(readFileSync(`${folder}${file}`, 'utf8')) as Case[];
  let box: TestServer;
  let agent: FakeAgent;
  let repository = '';

  beforeAll(async () => {
    box = await testServer();
    const made = await makeProject(box);
    repository = made.folder;
    await lockEnvironment(box, made.project);
    agent = await connectAgent(box);
    for (let run = 0; run < 3; run += 1) await queue(box, made.project, made.definition.id);
    await box.server.settle();
  });

  afterAll(async () => {
    await box.close();
  });

  it.each(cases.map((one) => [`${one.name} (${one.cites.join(', ')})`, one] as const))(
    '%s',
    async (_, one) => {
      await check(one);
    },
  );

  async function check(one: Case): Promise<void> {
    for (let job = 0; job < (one.finishJobs ?? 0); job += 1) await finishJob();
    const method = METHODS.find((name) => one[name] !== undefined)!;
    const sends = Object.fromEntries(
      Object.entries(one.headers ?? {}).filter(([name]) => !isAnswer(name)),
    ) as Record<string, string>;
    const response = await box.call(method, one[method]!, {
      ...(one.raw !== undefined && { body: one.raw }),
      ...(one.send !== undefined && { body: filled(one.send) }),
      ...('as' in one && { token: await tokenOf(one.as!) }),
      headers: sends,
    });
    expect(response.statusCode, response.body.slice(0, 800)).toBe(one.status);
    await box.server.settle();
    if (one.body !== undefined) expect(lacking(response.json(), one.body)).toEqual([]);
    for (const [name, pattern] of Object.entries(one.headers ?? {}).filter(([header]) => isAnswer(header))) {
      if (pattern === null) expect(response.headers[name]).toBeUndefined();
      else expect(String(response.headers[name])).toMatch(new RegExp(pattern));
    }
    if (one.svg !== undefined) {
      expect(response.headers['content-type']).toContain('image/svg+xml');
      expect(textsOf(response.body).join('/')).toBe(one.svg);
    }
    for (const text of one.lacks ?? []) expect(response.body).not.toContain(text);
    if (one.status >= 400)
      expect(response.json()).toMatchObject({ $id: '1', typeKey: expect.any(String) as string });
  }

  async function finishJob(): Promise<void> {
    const job = await agent.poll();
    if (job === undefined) throw new Error('No job is there to be finished.');
    await agent.finish(job);
    await box.server.settle();
  }

  async function tokenOf(role: string): Promise<string | undefined> {
    if (role === 'anonymous') return undefined;
    return role === 'administrator' ? ADMIN : box.token(role);
  }

  function filled(value: unknown): unknown {
    return JSON.parse(JSON.stringify(value).replaceAll('${repository}', repository));
  }
});

/** What the picture says, as its markup has it. */
function textsOf(svg: string): readonly string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text = '']) => text);
}

function isAnswer(header: string): boolean {
  return header === 'x-ms-continuationtoken';
}
