import { createHash } from 'node:crypto';
import type { AgentJob, FindArtifactsResponse } from '@signalbox/api';
import type { ArtifactManifest } from '@signalbox/model';
import type { LightMyRequestResponse } from 'fastify';
import type { FakeAgent } from './fake-agent.ts';
import type { TestServer } from './test-server.ts';

const BASE = '/_apis/signalbox/agent/v1/jobs';

/** What an agent does with files, by the protocol alone. */
export interface ArtifactAgent {
  put(text: string, sha256?: string): Promise<LightMyRequestResponse>;
  /** Sends the files and their list; answers the list's hash. */
  send(files: Readonly<Record<string, string>>): Promise<string>;
  publish(
    name: string,
    files: Readonly<Record<string, string>>,
    key?: string,
  ): Promise<LightMyRequestResponse>;
  post(path: string, body: object): Promise<LightMyRequestResponse>;
  find(source: object, name?: string): Promise<FindArtifactsResponse>;
  get(sha256: string, owner: string): Promise<LightMyRequestResponse>;
}

/** The file part of the protocol, for one job of a fake agent. */
export function artifactAgent(box: TestServer, { token }: FakeAgent, job: AgentJob): ArtifactAgent {
  const base = `/default${BASE}/${job.request}`;
  const headers = { host: '127.0.0.1', authorization: `Bearer ${token}` };
  let keys = 0;
  const agent: ArtifactAgent = {
    put: (text, sha256 = hashOf(text)) =>
      box.server.http.inject({
        method: 'PUT',
        url: `${base}/blobs/${sha256}?lease=${job.lease}`,
        headers: { ...headers, 'content-type': 'application/x-signalbox-content' },
        payload: Buffer.from(text),
      }),
    async send(files) {
      const manifest = manifestOf(files);
      for (const text of [...Object.values(files), manifest]) {
        const sent = text === '' ? undefined : await agent.put(text);
        if (sent !== undefined && sent.statusCode !== 204) throw new Error(sent.body);
      }
      return hashOf(manifest);
    },
    async publish(name, files, key = `key ${(keys += 1)}`) {
      const manifest = await agent.send(files);
      return agent.post('artifacts/publish', { name, manifest, key });
    },
    post: (path, body) =>
      box.call('POST', `${BASE}/${job.request}/${path}`, { token, body: { lease: job.lease, ...body } }),
    async find(source, name) {
      const answer = await agent.post('artifacts/find', { source, ...(name !== undefined && { name }) });
      if (answer.statusCode !== 200) throw new Error(answer.body);
      return answer.json<FindArtifactsResponse>();
    },
    get: (sha256, owner) =>
      box.server.http.inject({
        url: `${base}/blobs/${sha256}?lease=${job.lease}&owner=${encodeURIComponent(owner)}`,
        headers,
      }),
  };
  return agent;
}

/** The list of some files, each a content of its own. */
export function manifestOf(files: Readonly<Record<string, string>>): string {
  const list: ArtifactManifest = {
    files: Object.entries(files).map(([path, text]) => {
      const [sha256, size] = [hashOf(text), Buffer.byteLength(text)];
      return {
        path,
        size,
        mode: 0o644,
        sha256,
        parts: size === 0 ? [] : [{ blob: sha256, offset: 0, size }],
      };
    }),
    folders: [],
  };
  return JSON.stringify(list);
}

export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
