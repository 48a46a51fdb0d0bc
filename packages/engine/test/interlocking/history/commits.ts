import type { InterlockingMessage, WholeInterlocking } from '@signalbox/engine';
import type { CommitRelation } from '@signalbox/model';
import { oneOf, type Choice, type Scene } from './scene.ts';

/** The commit of a new run: mostly on top of an older run's, now and then that commit itself, or a new beginning. */
export function commitFor(scene: Scene, vary: number): number {
  const { runs, commits } = scene;
  const recent = runs.at(-1 - (Math.floor(vary / 24) % 2)) ?? runs.at(-1);
  if (recent !== undefined && vary % 17 === 0) return recent.commit;
  commits.push(vary % 19 === 0 ? undefined : recent?.commit);
  return commits.length - 1;
}

/** Git answers one of the questions that are open; now and then it does not know. */
export function compareCommits(
  scene: Scene,
  { pick, vary }: Choice,
  rows: WholeInterlocking,
): InterlockingMessage | undefined {
  const open = [...rows.bundles.values()].flatMap(({ id: bundle, requester, compared = [] }) =>
    compared
      .filter(({ relation }) => relation === undefined)
      .map(({ base }) => ({ bundle, base, head: requester.run })),
  );
  const found = oneOf(open, pick);
  if (found === undefined) return undefined;
  const { bundle, base, head } = found;
  const relation = vary % 5 === 0 ? 'unknown' : relationOf(scene, base, head);
  return { type: 'RunsCompared', bundle, base, relation };
}

function relationOf(scene: Scene, base: number, head: number): CommitRelation {
  const [a, b] = [scene.runs[base - 1]?.commit, scene.runs[head - 1]?.commit];
  if (a === undefined || b === undefined) return 'unknown';
  if (a === b) return 'same';
  if (isAncestor(scene, b, a)) return 'older';
  return isAncestor(scene, a, b) ? 'newer' : 'diverged';
}

function isAncestor({ commits }: Scene, ancestor: number, commit: number): boolean {
  for (let one: number | undefined = commit; one !== undefined; one = commits[one]) {
    if (one === ancestor) return true;
  }
  return false;
}
