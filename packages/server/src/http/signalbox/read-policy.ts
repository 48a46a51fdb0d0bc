import { LOCK_TYPE, type EnumTable } from '@signalbox/api';
import {
  POLICY_WORDS,
  policyProblems,
  presetSettings,
  type LockPolicy,
  type PolicyProblem,
} from '@signalbox/model';
import { problemCode } from '../../refusals.ts';
import { badRequest, Problem } from '../problem.ts';
import type { Fields } from '../read/fields.ts';

type WordTables = { readonly [K in keyof typeof POLICY_WORDS]: EnumTable<LockPolicy[K]> };

/**
 * The settings that have words, each with the numbers by which REST may name them: Azure's for `behavior` (REST.md
 * §2.6), for the others their place in the model's list.
 */
const WORDS: WordTables = {
  ...(Object.fromEntries(
    Object.entries(POLICY_WORDS).map(([setting, words]) => [setting, numbered<string>(words)]),
  ) as WordTables),
  behavior: LOCK_TYPE,
};

/**
 * Reads a change of a policy; what is absent stays. Of a preset what is written beside it wins. What we do not know is
 * refused: it would look obeyed.
 */
export function readPolicy(body: Fields, now: LockPolicy): LockPolicy {
  const policy = { ...now, ...withPreset(body, writtenSettings(body, now)) };
  const [problem] = policyProblems(policy);
  if (problem === undefined) return policy;
  throw refused(problem);
}

/** What may be written besides settings. */
const BESIDES = ['enabled', 'preset'];

function writtenSettings(body: Fields, now: LockPolicy): Partial<LockPolicy> {
  const settings = new Map(Object.keys(now).map((name) => [name.toLowerCase(), name as keyof LockPolicy]));
  const changes = body.entries().flatMap(([written]) => {
    const setting = settings.get(written.toLowerCase());
    if (setting === undefined && !BESIDES.includes(written.toLowerCase()))
      throw badRequest(`A lock has no setting "${written.slice(0, 60)}".`);
    const value = setting && readSetting(body, setting);
    return value === undefined ? [] : [[setting, value]];
  });
  return Object.fromEntries(changes) as Partial<LockPolicy>;
}

function withPreset(body: Fields, written: Partial<LockPolicy>): Partial<LockPolicy> {
  if (!body.has('preset')) return written;
  const found = presetSettings(body.raw('preset'), written);
  if ('settings' in found) return found.settings;
  throw refused(found.problem);
}

function refused({ code, message }: PolicyProblem): Problem {
  return new Problem(400, 'InvalidRequestException', message, { code: problemCode(code) });
}

function readSetting(body: Fields, setting: keyof LockPolicy): unknown {
  if (setting === 'lanes') return body.has('lanes') ? body.list('lanes') : undefined;
  if (setting === 'span') return body.raw('span');
  if (isWords(setting)) return body.word<string>(setting, WORDS[setting]);
  return body.number(setting);
}

function isWords(setting: keyof LockPolicy): setting is keyof typeof WORDS {
  return Object.hasOwn(WORDS, setting);
}

function numbered<W extends string>(words: readonly W[]): EnumTable<W> {
  return Object.fromEntries(words.map((word, index) => [word, index])) as EnumTable<W>;
}
