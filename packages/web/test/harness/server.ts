import { createReadStream, existsSync } from 'node:fs';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PERMITTED, type MeView, type RunView, type WireArtifact } from '@signalbox/api';
import { askingRun, pendingRun, sampleApproval } from './approvals.ts';
import { checkedRun } from './checks.ts';
import { crowdAnswer } from './crowd.ts';
import { sampleForecast } from './forecasts.ts';
import { sampleLocks } from './locks.ts';
import { sampleLog } from './logs.ts';
import { LONG_LOG, longLog, pageAnswer } from './pages.ts';
import { SAMPLE_SUMMARY, sampleResults } from './results.ts';
import { placeAnswer, STALE } from './places.ts';
import { sampleRuns } from './runs.ts';
import type { Clock } from './stages.ts';
import { clockAt } from './stages.ts';

/** What the sample server pretends to be. */
export type Scene =
  'busy' | 'asking' | 'checked' | 'reader' | 'empty' | 'signedOut' | 'broken' | 'odd' | 'crowd' | 'places';

const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
};
// As strict as the server's own policy, so that a page that breaks it is noticed here.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'";

const REFUSAL = {
  message: 'The place of Ada Lovelace is decided already.',
  typeKey: 'ApprovalExistsException',
};

/** A sample server: what the page asked it to change, as `PATCH path body`. */
export interface Harness {
  readonly url: string;
  readonly server: Server;
  readonly asked: readonly string[];
}

/** Serves the built page with samples, for pictures, accessibility checks and what the page sends. */
export function startHarness(scene: () => Scene): Promise<Harness> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => (body += String(part)));
    request.on('end', () => {
      const path = (request.url ?? '').replace(/\?.*$/, '').replace(/^.*\/_apis\//, '');
      if (request.method !== 'GET') asked.push(`${request.method} ${path} ${body}`);
      answer(scene(), request, response);
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      resolve({ url: `http://127.0.0.1:${port}`, server, asked });
    });
  });
}

function answer(scene: Scene, request: IncomingMessage, response: ServerResponse): void {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  if (path.startsWith('/_signalbox/')) json(response, { organization: 'default' });
  else if (path.includes('/_apis/'))
    api(scene, path.slice(path.indexOf('/_apis/') + 7), response, request.url ?? '');
  // As the server does: every path that is no file is a page.
  else file(/^\/(?:assets\/)?[^/]+\.[a-z\d]+$/i.test(path) ? path : '/index.html', response);
}

function api(scene: Scene, path: string, response: ServerResponse, url: string): void {
  if (scene === 'signedOut') json(response, { message: 'Sign in first.', typeKey: 'Unauthorized' }, 401);
  else if (path === 'signalbox/feed') feed(response);
  else if (scene === 'places' && places(path, response)) return;
  else if (path === 'pipelines/approvals') approvals(scene, response);
  else if (path.includes('/attachments/')) text(response, SAMPLE_SUMMARY);
  else if (path.endsWith(`/logs/${LONG_LOG.log}`)) text(response, longLog(url));
  else if (path.includes('/logs/'))
    text(response, /startLine=1(?!\d)/.test(url) ? sampleLog(Date.now()) : '');
  else json(response, data(scene, path, url), scene === 'broken' && path.endsWith('locks') ? 500 : 200);
}

/** Answers about environments, checks and approvals; `false`: the question is not about them. */
function places(path: string, response: ServerResponse): boolean {
  const answered = placeAnswer(path, clockAt(Date.now()));
  if (answered === undefined) return false;
  json(response, answered, answered === STALE ? 409 : 200);
  return true;
}

/** Where checks are tried the decision is taken; elsewhere somebody else was faster. */
function approvals(scene: Scene, response: ServerResponse): void {
  if (scene === 'checked') json(response, list([]));
  else json(response, REFUSAL, 409);
}

function data(scene: Scene, path: string, url: string): unknown {
  const now = Date.now();
  const clock = clockAt(now);
  const empty = scene === 'empty';
  const crowd = scene === 'crowd' ? crowdAnswer(path, url, clock) : undefined;
  if (crowd !== undefined) return crowd;
  if (path === 'signalbox/me') {
    return me(scene === 'reader' ? 'reader' : 'administrator');
  }
  if (path.endsWith('/runs') && path.startsWith('pipelines/')) return { id: 48 };
  const page = empty ? undefined : pageAnswer(path, clock);
  if (page !== undefined) return page;
  if (path === 'projects') return list([{ id: 'a', name: 'Demo' }]);
  if (path === 'signalbox/runs') return list(empty ? [] : runsOf(scene, clock));
  // An answer that no server of ours gives.
  if (path.endsWith('/results')) return scene === 'odd' ? {} : sampleResults();
  if (path === 'signalbox/runs/51') return checkedRun(clock);
  if (path.startsWith('signalbox/runs/')) {
    const known = runsOf(scene, clock).find(({ id }) => path.endsWith(`/${id}`));
    return known ?? askingRun(clock);
  }
  if (path.startsWith('pipelines/approvals/')) return sampleApproval(path.slice(-3), clock);
  if (path === 'signalbox/locks/1/forecast') return sampleForecast(clock);
  if (path === 'signalbox/locks') return list(empty ? [] : sampleLocks(clock, now));
  if (path === 'build/definitions') return list([]);
  if (path.endsWith('/logs')) return list(SAMPLE_LOGS);
  if (path.endsWith('/artifacts')) return list(empty ? [] : [sampleArtifact()]);
  return {};
}

const SAMPLE_LOGS = [
  ...Array.from({ length: 20 }, (_, index) => ({ id: index + 1, lineCount: 13 })),
  { id: LONG_LOG.log, lineCount: LONG_LOG.lines },
];

function sampleArtifact(): WireArtifact {
  const url = 'http://localhost/default/a/_apis/build/builds/51/artifacts?artifactName=web';
  const properties = { artifactsize: '1500' };
  const resource = {
    type: 'PipelineArtifact',
    data: '',
    properties,
    url,
    downloadUrl: `${url}&%24format=zip`,
  };
  return { id: 1, name: 'web', source: 'a', resource };
}

function runsOf(scene: Scene, clock: Clock): readonly RunView[] {
  if (scene === 'checked') return [checkedRun(clock), askingRun(clock), ...sampleRuns(clock)];
  const asking = scene === 'asking' || scene === 'reader';
  return asking ? [askingRun(clock), pendingRun(clock), ...sampleRuns(clock)] : sampleRuns(clock);
}

function me(role: MeView['role']): MeView {
  const permissions = Object.entries(PERMITTED).flatMap(([permission, roles]) =>
    roles.includes(role) ? [permission] : [],
  );
  return {
    name: 'Ada Lovelace',
    role,
    organization: 'default',
    version: '0.1.0',
    session: true,
    permissions,
  };
}

function list(value: readonly unknown[]): unknown {
  return { count: value.length, value };
}

function feed(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  response.write(': hello\n\n');
}

function text(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8' }).end(body);
}

function json(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function file(path: string, response: ServerResponse): void {
  const name = join(DIST, normalize(path));
  if (!name.startsWith(DIST) || !existsSync(name)) {
    response.writeHead(404).end();
    return;
  }
  const type = TYPES[name.slice(name.lastIndexOf('.'))] ?? 'application/octet-stream';
  response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY });
  createReadStream(name).pipe(response);
}
