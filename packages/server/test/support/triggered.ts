import type { Collection, WireBuild, WireDefinition } from '@signalbox/api';
import type { OccasionRow } from '@signalbox/store';
import { gitRepository } from './repository.ts';
import { testServer, type TestServer } from './test-server.ts';

/** A server whose clock is moved by hand, and that looks at repositories when it settles. */
export interface Triggered {
  readonly box: TestServer;
  now: number;
  /** Everything that is due; `later` moves the clock first. */
  settle(later?: number): Promise<void>;
  pipeline(
    name: string,
    yaml: string | { readonly folder: string; readonly file: string },
  ): Promise<Pipeline>;
  /** Runs of the project, oldest first. */
  builds(query?: string): Promise<readonly WireBuild[]>;
  /** What became of occasions, oldest first: `queued`, `ignored: why`. */
  outcomes(definition: number): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** A pipeline in a repository of its own. */
export interface Pipeline {
  readonly definition: WireDefinition;
  readonly folder: string;
}

/** Ten seconds: longer than a local repository is left alone. */
const LOOK = 10_000;

/** Starts one with a project `Demo`. */
export async function triggered(start = Date.parse('2026-11-22T10:00:30Z')): Promise<Triggered> {
  const time = { now: start };
  let last: WireDefinition | undefined;
  const box = await testServer({ clock: () => time.now, polling: {} });
  await box.json('POST', '/_apis/projects', { name: 'Demo' });
  const { id: project } = (await box.store.projects.find('Demo')) ?? { id: 0 };
  return {
    box,
    get now() {
      return time.now;
    },
    set now(to) {
      time.now = to;
    },
    async settle(later = LOOK) {
      time.now += later;
      await box.server.settle();
    },
    async pipeline(name, yaml) {
      // One repository to look at is enough.
      if (last !== undefined && typeof yaml === 'string')
        await box.json('DELETE', `/Demo/_apis/build/definitions/${last.id}`);
      const folder = typeof yaml === 'string' ? gitRepository({ 'ci.yml': yaml }) : yaml.folder;
      const definition = await box.json<WireDefinition>('POST', '/Demo/_apis/build/definitions', {
        name,
        process: { type: 2, yamlFilename: typeof yaml === 'string' ? 'ci.yml' : yaml.file },
        repository: { type: 'Git', url: folder },
      });
      last = definition;
      await box.server.settle();
      return { definition, folder };
    },
    async builds(query = '') {
      const path = `/Demo/_apis/build/builds?queryOrder=queueTimeAscending${query}`;
      return (await box.json<Collection<WireBuild>>('GET', path)).value;
    },
    async outcomes(definition) {
      const rows = await box.store.triggers.list(project, { definition });
      return rows
        .filter(({ body }) => body['kind'] !== 'pipelineChanged')
        .map(textOf)
        .toReversed();
    },
    close: () => box.close(),
  };
}

function textOf({ outcome }: OccasionRow): string {
  if (outcome === undefined) return 'waiting';
  return outcome.why === '' ? outcome.result : `${outcome.result}: ${outcome.why}`;
}
