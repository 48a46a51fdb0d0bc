import type { PipelineResourcePlan, RunId } from '@signalbox/model';
import type { DefinitionRow, FeedEntry, NewOccasion, ProjectRow } from '@signalbox/store';
import type { App } from '../app.ts';
import { defaultBranchOf, repositoryUrlOf } from '../work/source.ts';
import { declaredAt } from './declared.ts';
import { completions } from './judge-completion.ts';
import { isSource } from './pipeline-variables.ts';
import { placeOf } from './look.ts';

/** The setting that says how far the journal has been read. */
const CURSOR = 'triggers-cursor';
const BATCH = 500;
/** Files of pipelines that are kept read. */
const KEPT = 2000;

/** Reads the journal for runs and stages that end, and makes occasions for the pipelines that follow them. */
export interface Follower {
  /** One step; true when there may be more at once. */
  round(): Promise<boolean>;
}

/**
 * Makes a follower. Its place in the journal is kept after the occasions are: what is read twice makes the same
 * occasions, which count once.
 */
export function createFollower(app: App): Follower {
  const { store } = app;
  const cache = new Map<string, readonly PipelineResourcePlan[]>();
  let cursor: string | undefined;
  return {
    async round() {
      cursor ??= await store.settings.setOnce(CURSOR, await store.journal.tail());
      const { entries, cursor: next } = await store.journal.feed(cursor, BATCH);
      if (entries.length === 0) return false;
      const runs = [...new Set(entries.flatMap(endedRun))];
      if (runs.length > 0) {
        const followers = await followersOf(app, cache);
        for (const run of followers.length === 0 ? [] : runs)
          await store.triggers.add(await told(app, followers, run));
      }
      await store.settings.set(CURSOR, next);
      cursor = next;
      return entries.length === BATCH;
    },
  };
}

function endedRun({ address, event }: FeedEntry): readonly RunId[] {
  const isEnd = event.type === 'RunCompleted' || event.type === 'StageCompleted';
  return address.kind === 'run' && isEnd ? [address.id] : [];
}

interface FollowingPipeline {
  readonly home: ProjectRow;
  readonly definition: DefinitionRow;
  readonly resources: readonly PipelineResourcePlan[];
}

/** The pipelines whose file on their default branch says that they follow others (TRIG-40, TRIG-42). */
async function followersOf(
  app: App,
  cache: Map<string, readonly PipelineResourcePlan[]>,
): Promise<readonly FollowingPipeline[]> {
  const found: FollowingPipeline[] = [];
  for (const home of await app.store.projects.list()) {
    for (const definition of await app.store.definitions.list(home.id)) {
      const resources = await resourcesOf(app, definition, cache).catch(() => []);
      if (resources.length > 0) found.push({ home, definition, resources });
    }
  }
  return found;
}

async function resourcesOf(
  app: App,
  definition: DefinitionRow,
  cache: Map<string, readonly PipelineResourcePlan[]>,
): Promise<readonly PipelineResourcePlan[]> {
  const url = repositoryUrlOf(definition);
  const watched = await app.store.triggers.watched(definition.project, placeOf(url));
  const commit = watched?.refs[defaultBranchOf(definition)];
  if (commit === undefined) return [];
  const key = JSON.stringify([url, commit, definition.yamlFilename]);
  const known = cache.get(key);
  if (known !== undefined) return known;
  const declared = await declaredAt(
    await app.repositories.history(url, { commits: [commit] }),
    definition,
    commit,
  );
  const all = declared.kind === 'read' ? declared.triggers.pipelines : [];
  const following = all.filter(({ trigger }) => trigger !== undefined);
  if (cache.size >= KEPT) cache.clear();
  cache.set(key, following);
  return following;
}

async function told(
  { store }: App,
  followers: readonly FollowingPipeline[],
  id: RunId,
): Promise<readonly NewOccasion[]> {
  const run = await store.runs.get(id);
  const project = run && (await store.projects.get(run.project));
  const producer = run && (await store.definitions.get(run.project, run.definition.id));
  if (run === undefined || project === undefined || producer === undefined) return [];
  const tags = await store.runs.tags(id);
  return followers.flatMap(({ home, definition, resources }) => {
    const own = resources.filter((one) => isSource(one, { definition: producer, project, home }));
    return completions(definition, own, { run, tags });
  });
}
