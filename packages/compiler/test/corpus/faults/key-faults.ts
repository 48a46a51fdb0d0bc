import { isScalar } from 'yaml';
import { firstOf } from './fault.ts';
import type { Fault, Planter } from './fault.ts';
import type { Random } from './random.ts';
import { replaced, startOf, textOf, withKey } from './source-text.ts';
import type { Edit } from './source-text.ts';
import type { Item } from './subject.ts';

/** Keys that exist, but not in such an item. */
const MISPLACED: Readonly<Record<Item['what'], readonly string[]>> = {
  stage: ['steps: []', 'timeoutInMinutes: 5', 'vmImage: ubuntu-latest', 'environment: prod', 'strategy: {}'],
  job: [
    'lockBehavior: sequential',
    'vmImage: ubuntu-latest',
    'isSkippable: true',
    'inputs: {}',
    'branches: []',
  ],
  deployment: ['lockBehavior: sequential', 'steps: []', 'vmImage: ubuntu-latest', 'isSkippable: true'],
  step: ['dependsOn: other', 'pool: Default', 'lockBehavior: sequential', 'stages: []', 'variables: {}'],
};

/** Values of the wrong type, by key. */
const WRONG_TYPES: Readonly<Record<Item['what'], readonly string[]>> = {
  stage: [
    'dependsOn: { a: b }',
    'variables: text',
    'isSkippable: perhaps',
    'lockBehavior: latest',
    'condition: [a]',
  ],
  job: [
    'timeoutInMinutes: soon',
    'cancelTimeoutInMinutes: soon',
    'continueOnError: perhaps',
    'variables: text',
    'displayName: [a]',
  ],
  deployment: ['timeoutInMinutes: soon', 'continueOnError: perhaps', 'variables: text', 'displayName: [a]'],
  step: [
    'timeoutInMinutes: soon',
    'enabled: perhaps',
    'continueOnError: perhaps',
    'env: text',
    'displayName: { a: b }',
    'retryCountOnTaskFailure: few',
  ],
};

/** A key that the language has not got: a new one, or one that is misspelt. */
export const plantUnknownKey: Planter = async ({ items }, random) =>
  firstOf(items, random, (item) => {
    const edit =
      random.below(2) === 0 ? misspelt(item, random) : withKey(item.source, item.site, 'colour: red');
    return fault(item, edit, 'unknown key');
  });

/** A key of another part of the language. */
export const plantMisplacedKey: Planter = async ({ items }, random) =>
  firstOf(items, random, (item) => plantAbsentKey(item, MISPLACED[item.what], random));

/** A value that no reading makes right. */
export const plantWrongType: Planter = async ({ items }, random) =>
  firstOf(items, random, (item) => plantAbsentKey(item, WRONG_TYPES[item.what], random));

function plantAbsentKey(item: Item, keys: readonly string[], random: Random): Fault | undefined {
  const key = random.pick(keys.filter((one) => !mentions(item, one.split(':')[0] ?? '')));
  return key === undefined ? undefined : fault(item, withKey(item.source, item.site, key), key);
}

/** True when a key stands in an item, or in a branch of it that may be taken. */
function mentions({ source: { text }, site: { map } }: Item, key: string): boolean {
  const [start, end] = map.range ?? [0, 0];
  return new RegExp(`\\b${key}\\s*:`).test(text.slice(start, end));
}

/** Two letters of a key of the schema change places. */
function misspelt({ source, site }: Item, random: Random): Edit | undefined {
  const keys = site.map.items.slice(1).map(({ key }) => key);
  const key = random.pick(keys.filter((one) => /^[a-z][A-Za-z]{4,}$/.test(textOf(one) ?? '')));
  const [start, text] = [startOf(key), textOf(key)];
  if (!isScalar(key) || key.type !== 'PLAIN' || start === undefined || text === undefined) return undefined;
  return text[1] === text[2]
    ? undefined
    : replaced(source.text, start, start + 3, `${text[0]}${text[2]}${text[1]}`);
}

function fault({ source: { file } }: Item, edit: Edit | undefined, note: string): Fault | undefined {
  return edit === undefined ? undefined : { file, ...edit, note };
}
