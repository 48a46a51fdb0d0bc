import type { Filter, PullRequestTrigger, PushTrigger, SchedulePlan } from '@signalbox/model';
import { mapping, unless } from './writing.ts';
import type { Written } from './writing.ts';

/** `trigger` of a pipeline or of a repository (TRIG-1). */
export function writePush(trigger: PushTrigger | undefined): Written | undefined {
  if (trigger === undefined) return undefined;
  if (trigger.kind === 'none') return 'none';
  const { batch, branches, paths, tags } = trigger;
  return filled(
    mapping([
      ['batch', unless(batch, false)],
      ['branches', writeFilter(branches)],
      ['paths', writeFilter(paths)],
      ['tags', writeFilter(tags)],
    ]),
  );
}

/** `pr` of a pipeline (TRIG-20). */
export function writePullRequest(trigger: PullRequestTrigger | undefined): Written | undefined {
  if (trigger === undefined) return undefined;
  if (trigger.kind === 'none') return 'none';
  const { autoCancel, drafts, branches, paths } = trigger;
  return filled(
    mapping([
      ['autoCancel', unless(autoCancel, true)],
      ['branches', writeFilter(branches)],
      ['paths', writeFilter(paths)],
      ['drafts', unless(drafts, true)],
    ]),
  );
}

/** `schedules` of a pipeline (TRIG-30). */
export function writeSchedules(schedules: readonly SchedulePlan[]): Written | undefined {
  if (schedules.length === 0) return undefined;
  return schedules.map(({ cron, displayName, branches, batch, always }) =>
    mapping([
      ['cron', cron],
      ['displayName', displayName],
      ['branches', writeFilter(branches)],
      ['batch', unless(batch, false)],
      ['always', unless(always, false)],
    ]),
  );
}

/** Patterns as a mapping; an empty `include` stands for everything and is written so that the key has a value (TRIG-3). */
export function writeFilter(filter: Filter | undefined): Written | undefined {
  if (filter === undefined) return undefined;
  const { include, exclude } = filter;
  return mapping([
    ['include', include.length === 0 && exclude.length > 0 ? undefined : include],
    ['exclude', exclude.length === 0 ? undefined : exclude],
  ]);
}

/** A trigger that says nothing but that it is there. */
function filled(trigger: ReadonlyMap<string, Written>): Written {
  return trigger.size === 0 ? mapping([['enabled', true]]) : trigger;
}
