import { describe, expect, it } from 'vitest';
import { DEFAULT_LOCK_POLICY, policyProblems } from '../../packages/model/src/index.ts';
import {
  PAIRED_SETTINGS,
  casesOf,
  pairedName,
  settingPairs,
  type PairCase,
} from '../../scripts/generate/setting-pairs.ts';

const pairs = settingPairs();

/** `freeze` and the like: what operators do beside the settings. */
const BESIDE = new Set(['freeze']);

function caseAt(place: string): PairCase | undefined {
  const [file = '', name = ''] = place.split(' / ');
  return casesOf(file).find((one) => one.name === name);
}

/** The settings that a case names, on its locks or its runs. */
function settingsOf({ locks = {}, runs = {} }: PairCase): ReadonlySet<string> {
  const named = [...Object.values(locks), ...Object.values(runs)].flatMap((words) => Object.keys(words));
  return new Set(named.map(pairedName));
}

describe('the pairs of settings of a lock', () => {
  it('have a case or a reason each: the matrix', () => {
    const signs = { case: 'C', independent: '·', contradiction: 'X' };
    for (const a of PAIRED_SETTINGS) {
      const row = PAIRED_SETTINGS.map((b) => {
        const [entry] = pairs.get(`${a} × ${b}`) ?? pairs.get(`${b} × ${a}`) ?? [];
        if (a === b) return ' ';
        return entry === undefined ? '?' : signs[Object.keys(entry)[0] as keyof typeof signs];
      });
      console.log(a.padEnd(14), row.join(' '));
    }
    const blank = [...pairs].filter(([, entries]) => entries.length === 0).map(([name]) => name);
    expect(blank).toEqual([]);
  });

  it('are pairs of settings that there are', () => {
    const names = [...pairs.keys()].flatMap((name) => name.split(' × '));
    const unknown = names.filter((name) => !PAIRED_SETTINGS.includes(name) && !BESIDE.has(name));
    expect(unknown).toEqual([]);
  });

  it('have only one kind of answer each', () => {
    for (const [name, entries] of pairs) {
      const kinds = new Set(entries.map((entry) => Object.keys(entry).join()));
      expect(kinds.size, name).toBe(1);
    }
  });

  it('have cases that name both settings', () => {
    for (const [name, entries] of pairs) {
      for (const entry of entries) {
        if (!('case' in entry)) continue;
        const one = caseAt(entry.case);
        expect(one, entry.case).toBeDefined();
        const settings = name.split(' × ').filter((setting) => !BESIDE.has(setting));
        expect([...(one === undefined ? [] : settingsOf(one))], entry.case).toEqual(
          expect.arrayContaining(settings),
        );
      }
    }
  });

  it('are refused together where they contradict each other, and each alone is not', () => {
    for (const [name, entries] of pairs) {
      for (const entry of entries) {
        if (!('contradiction' in entry)) continue;
        const values = entry.contradiction;
        const together = policyProblems({ ...DEFAULT_LOCK_POLICY, ...values });
        expect(
          together.map(({ code }) => code),
          name,
        ).toEqual(['policy-contradiction']);
        for (const setting of name.split(' × ')) {
          const alone = Object.entries(values).filter(([key]) => pairedName(key) === setting);
          expect(policyProblems({ ...DEFAULT_LOCK_POLICY, ...Object.fromEntries(alone) }), name).toEqual([]);
        }
      }
    }
  });
});
