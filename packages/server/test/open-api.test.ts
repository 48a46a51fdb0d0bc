import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ROUTES, type Collection, type WireLocation } from '@signalbox/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from './support/test-server.ts';

describe('the server describes itself', () => {
  let box: TestServer;
  beforeAll(async () => {
    box = await testServer();
  });
  afterAll(async () => {
    await box.close();
  });

  it('publishes its OpenAPI document to whoever is signed in', async () => {
    const path = createRequire(import.meta.url).resolve('@signalbox/api/openapi.json');
    const response = await box.call('GET', '/_apis/signalbox/openapi.json');
    expect(response.headers['content-type']).toMatch(/^application\/json/);
    expect(response.body).toBe(readFileSync(path, 'utf8'));
    expect((await box.call('GET', '/_apis/signalbox/openapi.json', { token: undefined })).statusCode).toBe(
      401,
    );
  });

  it('has every route of its own in the area signalbox, so that az devops invoke reaches it', async () => {
    const { value } = await box.json<Collection<WireLocation>>('OPTIONS', '/_apis/signalbox');
    const templates = value.map(({ routeTemplate }) => routeTemplate.replace(/^\{project\}/, ''));
    const own = Object.values(ROUTES).filter(({ path }) => path.startsWith('/_apis/signalbox/'));
    const missing = own.filter(({ path }) => {
      const template = path.replaceAll(/:(\w+)/g, '{$1}');
      return !templates.some((one) => one === template || `/${one}` === template);
    });
    expect(missing).toEqual([]);
    expect(value.every(({ area }) => area === 'signalbox')).toBe(true);
    // It asks for one by its name, and takes the first of two with the same one.
    const names = value.map(({ resourceName }) => resourceName.toLowerCase());
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});
