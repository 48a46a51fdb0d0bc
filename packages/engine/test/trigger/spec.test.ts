import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  judgePullRequest,
  judgePush,
  scheduleHindrance,
  takesCompletion,
  type SourceRun,
} from '@signalbox/engine';
import { nextTime, readCron, type CompletionTrigger, type Filter } from '@signalbox/model';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

interface Case {
  readonly name: string;
  readonly rules: readonly string[];
}

function cases<T>(file: string): readonly (readonly [string, T & Case])[] {
  const path = fileURLToPath(new URL(`../../../../spec/triggers/${file}`, import.meta.url));
  const found = parse(readFileSync(path, 'utf8')) as readonly (T & Case)[];
  return found.map((one) => [`${one.name} (${one.rules.join(', ')})`, one]);
}

type Patterns = readonly string[] | Partial<Filter>;

/** A filter as files write it: a list, or `include` and `exclude`. */
function filterOf(patterns: Patterns | undefined): Filter | undefined {
  if (patterns === undefined) return undefined;
  if ('include' in patterns || 'exclude' in patterns) return { include: [], exclude: [], ...patterns };
  return { include: patterns as readonly string[], exclude: [] };
}

/** `none`, branches, or a mapping with filters, as files write it. */
function triggerOf<T extends object>(written: unknown, byDefault: T) {
  if (written === undefined) return undefined;
  if (written === 'none') return { kind: 'none' } as const;
  const { branches, paths, tags, ...rest } = (
    Array.isArray(written) ? { branches: written as string[] } : written
  ) as Record<string, Patterns | undefined>;
  const filters = { branches: filterOf(branches), paths: filterOf(paths), tags: filterOf(tags) };
  const given = Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined));
  return { kind: 'on', ...byDefault, ...given, ...rest } as const;
}

interface RefCase {
  readonly runs?: readonly string[];
  readonly not?: readonly string[];
  readonly changed?: readonly string[];
  readonly why?: string;
}

interface PushCase extends RefCase {
  readonly trigger?: unknown;
  readonly impliedOff?: boolean;
  readonly messages?: readonly string[];
  readonly eachMessage?: readonly string[];
  readonly batch?: boolean;
}

describe('judgePush, spec/triggers/push.yml', () => {
  it.each(cases<PushCase>('push.yml'))('%s', (_, one) => {
    const { impliedOff = false, changed = ['a'], messages = [], eachMessage } = one;
    const judge = (ref: string, said: readonly string[]) =>
      judgePush(triggerOf(one.trigger, { batch: false }), { ref, messages: said, changed }, { impliedOff });
    for (const said of eachMessage?.map((message) => [message]) ?? [messages]) {
      for (const ref of one.runs ?? []) {
        expect([ref, judge(ref, said)]).toEqual([ref, { kind: 'run', batch: one.batch ?? false }]);
      }
      for (const ref of one.not ?? []) {
        expect([ref, judge(ref, said)]).toEqual([
          ref,
          { kind: 'none', why: expect.stringContaining(one.why ?? '') as string },
        ]);
      }
    }
  });
});

interface PullRequestCase extends RefCase {
  readonly pr?: unknown;
  readonly draft?: boolean;
  readonly fork?: boolean;
  readonly forks?: boolean;
  readonly autoCancel?: boolean;
}

describe('judgePullRequest, spec/triggers/pull-request.yml', () => {
  it.each(cases<PullRequestCase>('pull-request.yml'))('%s', (_, one) => {
    const { draft = false, fork = false, forks = false, changed = ['a'] } = one;
    const trigger = triggerOf(one.pr, { autoCancel: true, drafts: true });
    const judge = (target: string) => judgePullRequest(trigger, { target, draft, fork, changed }, { forks });
    for (const ref of one.runs ?? [])
      expect(judge(ref)).toEqual({ kind: 'run', autoCancel: one.autoCancel ?? true });
    for (const ref of one.not ?? [])
      expect(judge(ref)).toEqual({ kind: 'none', why: expect.stringContaining(one.why ?? '') as string });
  });
});

interface TimesCase {
  readonly cron: string;
  readonly zone?: string;
  readonly after: string;
  readonly next: readonly string[];
}

describe('nextTime, spec/triggers/times.yml', () => {
  it.each(cases<TimesCase>('times.yml'))('%s', (_, { cron, zone = 'UTC', after, next }) => {
    const times = readCron(cron);
    if (times === undefined) throw new Error(`${cron} is no schedule`);
    let at = Date.parse(after);
    const found = next.map(() => {
      const following = nextTime(times, zone, at);
      at = following ?? at;
      return following === undefined ? 'never' : new Date(following).toISOString().replace('.000', '');
    });
    expect(found).toEqual(next);
  });
});

interface ScheduleCase {
  readonly schedule: { readonly always?: boolean; readonly batch?: boolean };
  readonly facts: {
    readonly changed: boolean;
    readonly inProgress?: boolean;
    readonly quarter?: number;
    readonly week?: number;
  };
  readonly why?: string;
}

describe('scheduleHindrance, spec/triggers/schedule.yml', () => {
  it.each(cases<ScheduleCase>('schedule.yml'))('%s', (_, { schedule, facts, why }) => {
    const { changed, inProgress = false, quarter = 0, week = 0 } = facts;
    const found = scheduleHindrance(
      { always: false, batch: false, ...schedule },
      { changed, inProgress, recent: { quarter, week } },
    );
    if (why === undefined) expect(found).toBeUndefined();
    else expect(found).toContain(why);
  });
});

interface CompletionCase {
  readonly trigger: CompletionTrigger;
  readonly run: Partial<Omit<SourceRun, 'stages'>> & {
    readonly stages?: Readonly<Record<string, SourceRun['stages'][number]['result']>>;
  };
  readonly starts: boolean;
}

describe('takesCompletion, spec/triggers/completion.yml', () => {
  it.each(cases<CompletionCase>('completion.yml'))('%s', (_, { trigger, run, starts }) => {
    const stages = Object.entries(run.stages ?? {}).map(([name, result]) => ({ name, result }));
    expect(takesCompletion(trigger, { branch: 'refs/heads/main', tags: [], ...run, stages })).toBe(starts);
  });
});
