import { locks, lockRequests, queueRun, setUpProject, whenCompleted } from '../../support/queue.ts';
import { waitUntil } from '../../support/wait.ts';
import { lock, shop, tokens, type Scenario } from './scenario.ts';

const q10: Scenario = {
  id: 'Q10',
  setup: 'two pipelines and `signalbox lock run` on one lock',
  expected:
    'one queue while shop deploys: nightly, release; order shop, nightly, release; tokens 1, 2, 3; exit code 7 kept',
  async play(box) {
    const files = { 'shop.yml': shop('qa'), 'release.yml': shop('qa') };
    const { shop: first = 0, release = 0 } = await setUpProject(box, 'Q10', files);
    await lock(box, 'Q10', '--environment qa');
    const standing = (count: number): Promise<void> =>
      waitUntil(`${count} requests stand`, async () => (await lockRequests(box, 'Q10')).length >= count);
    const ids = [await queueRun(box, 'Q10', first, { deploySeconds: '15' })];
    await standing(1);
    const command = 'lock run --project Q10 --lock qa --caller nightly -- sh -c'.split(' ');
    const outside = box.cli(...command, 'exit 7');
    await standing(2);
    ids.push(await queueRun(box, 'Q10', release));
    await standing(3);
    const [queue] = await locks(box, 'Q10');
    const nameOf = (request: { readonly runId: number; readonly caller?: string }): string =>
      request.caller ?? (request.runId === ids[0] ? 'shop' : 'release');
    const waiting = queue?.waiters.map(nameOf).join(', ');
    const { code } = await outside;
    await whenCompleted(box, 'Q10', ids);
    const requests = [...(await lockRequests(box, 'Q10'))].sort((a, b) => (a.token ?? 0) - (b.token ?? 0));
    const order = requests.map(nameOf).join(', ');
    return `one queue while shop deploys: ${waiting}; order ${order}; ${tokens(requests)}; exit code ${code} kept`;
  },
};

/** Callers from outside. */
export const OUTSIDE: readonly Scenario[] = [q10];
