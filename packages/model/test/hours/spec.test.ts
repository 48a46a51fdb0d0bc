import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import {
  businessHoursProblems,
  closing,
  findZone,
  freezeProblems,
  neverOpens,
  nextOpening,
  readWindows,
  windowsText,
  WINDOWS_ZONES,
  type BusinessHoursSettings,
  type FreezeRange,
  type OpeningHours,
  type Weekday,
} from '@signalbox/model';

interface Opening {
  readonly name: string;
  readonly rules: readonly string[];
  readonly zone: string;
  readonly windows: readonly {
    readonly days: readonly Weekday[];
    readonly start: string;
    readonly end: string;
  }[];
  readonly closed?: readonly FreezeRange[];
  readonly at: string;
  readonly opens: string;
  readonly closes?: string;
}

interface Problems {
  readonly name: string;
  readonly rules: readonly string[];
  readonly with?: Partial<BusinessHoursSettings>;
  readonly says: readonly string[];
}

function casesOf<T extends { readonly name: string; readonly rules: readonly string[] }>(file: string) {
  const text = readFileSync(new URL(`../../../../spec/hours/${file}`, import.meta.url), 'utf8');
  return (parse(text) as readonly T[]).map((one) => [`${one.name} (${one.rules.join(', ')})`, one] as const);
}

function minutesOf(text: string): number {
  const [hours = '', minutes = ''] = text.split(':');
  return Number(hours) * 60 + Number(minutes);
}

describe('spec/hours/openings.yml', () => {
  it.each(casesOf<Opening>('openings.yml'))('%s', (_, { zone, windows, closed = [], ...one }) => {
    const hours: OpeningHours = {
      zone: findZone(zone)!,
      windows: windows.map(({ days, start, end }) => ({
        days,
        start: minutesOf(start),
        end: minutesOf(end),
      })),
      freezes: [{ name: 'closed', dates: closed }],
    };
    expect(freezeProblems(hours.freezes[0]!)).toEqual([]);
    const opens = nextOpening(hours, Date.parse(one.at));
    expect(opens).toBe(one.opens === 'never' ? undefined : Date.parse(one.opens));
    if (opens !== undefined) expect(closing(hours, opens)).toBe(Date.parse(one.closes!));
  });
});

describe('spec/hours/problems.yml', () => {
  const right: BusinessHoursSettings = {
    kind: 'businessHours',
    displayName: '',
    timeZone: 'UTC',
    windows: [{ days: ['Monday'], start: 480, end: 1020 }],
    freezes: [],
  };
  it.each(casesOf<Problems>('problems.yml'))('%s', (_, { with: changed, says }) => {
    const settings = { ...right, ...changed };
    const problems = businessHoursProblems(settings);
    const never = problems.length === 0 ? neverOpens(settings, Date.UTC(2026, 10, 23)) : undefined;
    expect([...problems, ...(never === undefined ? [] : [never])]).toEqual(says);
  });
});

interface Text {
  readonly name: string;
  readonly rules: readonly string[];
  readonly text: string;
  readonly means?: string;
  readonly says?: string;
}

describe('spec/hours/texts.yml', () => {
  it.each(casesOf<Text>('texts.yml'))('%s', (_, { text, means, says }) => {
    const read = readWindows(text);
    expect('problem' in read ? { says: read.problem } : { means: windowsText(read.value) }).toEqual(
      says === undefined ? { means } : { says },
    );
  });
});

describe('findZone', () => {
  it('finds every Windows zone in the tz database of the runtime (BH-1)', () => {
    const unknown = [...WINDOWS_ZONES].filter(
      ([windows, zone]) => findZone(windows) !== zone || findZone(zone) !== zone,
    );
    expect(unknown).toEqual([]);
    expect(WINDOWS_ZONES.size).toBe(139);
  });

  it.each(['', ' ', '+01:00', 'Europe/Nowhere', 'x'.repeat(101), 'Europe/Berlin\n', 'constructor'])(
    'refuses %j',
    (name) => {
      expect(findZone(name)).toBeUndefined();
    },
  );
});
