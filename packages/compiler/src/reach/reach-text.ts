import type { ProtectedResourceType, Value } from '@signalbox/model';
import type { StageReach } from './reach.ts';

const WORDS: Readonly<Record<ProtectedResourceType, string>> = {
  environment: 'environment',
  endpoint: 'service connection',
  variablegroup: 'variable group',
  repository: 'repository',
  securefile: 'secure file',
  queue: 'pool',
};

/** What `signalbox graph --resources` prints: a paragraph per stage, a line per resource with its first place. */
export function reachText(stages: readonly StageReach[]): string {
  return stages.map(paragraph).join('\n');
}

function paragraph({ stage, ownLock, lockBehavior, resources }: StageReach): string {
  const lines = resources.map(({ type, name, source }) => {
    const what = WORDS[type].padEnd(WIDTH);
    return `  ${what}  ${shown(name)}  (${source.file}:${source.line})`;
  });
  const lock = ownLock ? ['a lock of its own'] : [];
  const behavior = lockBehavior === undefined ? [] : [`lockBehavior ${lockBehavior}`];
  const head = [stage, ...lock, ...behavior].join(' · ');
  return [head, ...(lines.length === 0 ? ['  nothing protected'] : lines), ''].join('\n');
}

const WIDTH = Math.max(...Object.values(WORDS).map(({ length }) => length));

/** On one line, without control characters: names come from files of others. */
function shown(name: Value): string {
  const text = typeof name === 'string' ? name : `$[ ${name.expression} ]`;
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}
