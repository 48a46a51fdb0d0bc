import type { NewOccasion, OccasionRow } from '@signalbox/store';
import { describe, expect, it } from 'vitest';
import { Clock, storesOf, withProject, type Harness } from '../support/harness.ts';

const project = 1;
const definition = 7;
const TAKE = { limit: 9, lease: 1000 };
const SEEN = { project, place: 'here', refs: { 'refs/heads/main': 'a' }, definitions: { '7': 1 } };

export function triggersSuite(harness: Harness): void {
  const openWithProject = withProject(storesOf(harness));
  const made = (key: string, lane = 'main'): NewOccasion => ({
    project,
    definition,
    key,
    lane,
    body: { kind: 'push', key },
  });
  const keys = (rows: readonly OccasionRow[]): readonly string[] => rows.map(({ key }) => key);
  const queued = { result: 'queued', why: '', run: 5 } as const;

  describe('triggers', () => {
    it('note what was seen together with what it may start, and of two looks one loses (TRIG-7)', async () => {
      const { triggers } = await openWithProject({});
      expect(await triggers.watched(project, 'here')).toBeUndefined();
      expect(await triggers.advance({ ...SEEN, version: 0, occasions: [] })).toBe(true);
      expect(await triggers.advance({ ...SEEN, version: 0, occasions: [made('x')] })).toBe(false);
      const step = { ...SEEN, refs: { 'refs/heads/main': 'b' }, version: 1 };
      const looks = [1, 2].map(() => triggers.advance({ ...step, occasions: [made('b')] }));
      expect((await Promise.all(looks)).filter(Boolean)).toEqual([true]);
      expect(await triggers.watched(project, 'here')).toEqual({ ...SEEN, refs: step.refs, version: 2 });
      expect(await triggers.watched(project, 'there')).toBeUndefined();
      expect(keys(await triggers.list(project))).toEqual(['b']);
    });

    it('give out the oldest of each lane, to one taker, and again when nobody reports (TRIG-9)', async () => {
      const clock = new Clock();
      const { triggers } = await openWithProject({ clock });
      await triggers.add([made('1'), made('2'), made('3', 'other')]);
      await triggers.add([made('1')]);
      expect(await triggers.nextDue()).toBe(clock.now);
      const both = await Promise.all([triggers.take(TAKE), triggers.take(TAKE)]);
      expect(keys(both.flat()).toSorted()).toEqual(['1', '3']);
      expect(both.flat()[0]).toMatchObject({ attempts: 1, due: clock.now + 1000, body: { kind: 'push' } });
      expect(await triggers.nextDue()).toBe(clock.now + 1000);
      clock.now += 1000;
      const [first, third] = await triggers.take(TAKE);
      expect([first?.key, first?.attempts]).toEqual(['1', 2]);
      await triggers.report(first?.id ?? 0, queued);
      await triggers.report(first?.id ?? 0, { result: 'failed', why: 'later' });
      await triggers.postpone(third?.id ?? 0, 50);
      expect(keys(await triggers.waiting(definition, 'main'))).toEqual(['2']);
      expect(keys(await triggers.take(TAKE))).toEqual(['2']);
      clock.now += 50;
      expect(keys(await triggers.take(TAKE))).toEqual(['3']);
      const [newest, , oldest] = await triggers.list(project, { definition });
      expect([newest?.key, oldest?.key, oldest?.outcome]).toEqual(['3', '1', queued]);
      expect(newest?.outcome).toBeUndefined();
      expect(keys(await triggers.list(project, { limit: 1 }))).toEqual(['3']);
      expect(await triggers.list(project, { definition: 8 })).toEqual([]);
    });

    it('forget what ended long ago, and everything of a pipeline', async () => {
      const clock = new Clock();
      const { triggers } = await openWithProject({ clock });
      await triggers.add([made('1'), made('2')]);
      const [first] = await triggers.take(TAKE);
      await triggers.report(first?.id ?? 0, queued);
      expect(await triggers.prune({ endedBefore: clock.now, limit: 9 })).toBe(0);
      expect(await triggers.prune({ endedBefore: clock.now + 1, limit: 9 })).toBe(1);
      expect(keys(await triggers.list(project))).toEqual(['2']);
      await triggers.setSchedules({ project, definition, branch: 'b' }, [{ plan: {}, due: 5 }]);
      await triggers.forget(definition);
      expect([await triggers.list(project), await triggers.schedules({ definition })]).toEqual([[], []]);
      expect([await triggers.nextDue(), await triggers.nextSchedule()]).toEqual([undefined, undefined]);
    });

    it('keep the schedules of a branch, and move each on once (TRIG-30, TRIG-33)', async () => {
      const { triggers } = await openWithProject({});
      const of = { project, definition, branch: 'refs/heads/main' };
      const other = { ...of, branch: 'refs/heads/other' };
      await triggers.setSchedules(of, [
        { plan: { cron: 'a' }, due: 300 },
        { plan: { cron: 'b' }, due: 200 },
      ]);
      await triggers.setSchedules(other, [{ plan: { cron: 'a' }, due: 100 }]);
      expect(await triggers.nextSchedule()).toBe(100);
      const times = async (): Promise<readonly unknown[]> =>
        (await triggers.schedules({ definition })).map(({ branch, plan, due }) => [
          branch,
          plan['cron'],
          due,
        ]);
      await triggers.setSchedules(of, [
        { plan: { cron: 'b' }, due: 250 },
        { plan: { cron: 'c' }, due: 400 },
      ]);
      expect(await times()).toEqual([
        [other.branch, 'a', 100],
        [of.branch, 'b', 200],
        [of.branch, 'c', 400],
      ]);
      const [first, second] = await triggers.schedules({ dueBy: 200 });
      if (first === undefined || second === undefined) throw new Error('two are due');
      const fire = () => triggers.fire(first, { next: 101, occasion: made('s') });
      expect((await Promise.all([fire(), fire()])).filter(Boolean)).toEqual([true]);
      expect(await triggers.fire(second, { next: undefined, occasion: made('t') })).toBe(true);
      expect(keys(await triggers.list(project))).toEqual(['t', 's']);
      expect(await times()).toEqual([
        [other.branch, 'a', 101],
        [of.branch, 'c', 400],
      ]);
      await triggers.setSchedules(of, [{ plan: { cron: 'c' }, due: 500 }], { anew: true });
      await triggers.setSchedules(other, []);
      expect(await times()).toEqual([[of.branch, 'c', 500]]);
    });
  });
}
