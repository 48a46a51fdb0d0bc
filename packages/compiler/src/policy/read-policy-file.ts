import {
  DEFAULT_LOCK_POLICY,
  policyProblems,
  presetSettings,
  type Diagnostic,
  type LockPolicy,
} from '@signalbox/model';
import { newBag, quote } from '../diagnostics.ts';
import type { Report } from '../diagnostics.ts';
import { checkKeys, isMapping, readFields, readKnown, startOf, valueOf } from '../plan/key.ts';
import type { Scope } from '../plan/key.ts';
import { isEmpty, shapeOf } from '../read/node.ts';
import type { MappingNode, Node } from '../read/node.ts';
import { readYaml } from '../read/read-yaml.ts';
import { rangeOf } from '../read/source-file.ts';
import { fileKeys, presetKeys, resourceKeys, settingKeys, stateKeys } from './policy-keys.ts';
import { policyResourceKey, type PolicyLock, type PolicyResourceKind } from './policy-lock.ts';
import { readResource } from './read-resource.ts';

/** The locks of a policy file in its order, or every mistake of it. */
export type PolicyFileResult =
  | { readonly ok: true; readonly locks: readonly PolicyLock[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Reads a policy file (QUEUEING §2). An entry describes its lock wholly: a setting that it leaves out has its default.
 * Never throws for what an author wrote; nothing that is not understood is passed over.
 */
export function readPolicyFile(path: string, text: string): PolicyFileResult {
  const bag = newBag();
  const root = readYaml(path, text, bag.report);
  const locks = root === undefined ? [] : readRoot(root, scopeOf(bag.report));
  return bag.hasErrors() ? { ok: false, diagnostics: bag.all() } : { ok: true, locks };
}

/** A policy file has no variables, repositories or containers to refer to. */
function scopeOf(report: Report): Scope {
  return { report, repositories: new Set(), containers: new Set(), knownVariable: () => undefined };
}

function readRoot(root: Node, scope: Scope): readonly PolicyLock[] {
  if (isEmpty(root)) {
    scope.report('missing-key', root.at, 'The policy file is empty.', 'Add `locks:` with a list of locks.');
    return [];
  }
  const list = readFields(root, fileKeys, 'a policy file', scope)?.locks;
  if (list === undefined || isEmpty(list)) return [];
  if (list.kind !== 'list') {
    const message = `The locks must be a list, but this is ${shapeOf(list)}.`;
    scope.report('wrong-shape', list.at, message, 'Begin each lock with `- environment: NAME`.');
    return [];
  }
  const seen = new Set<string>();
  return list.items.map((item) => readLock(item, seen, scope)).filter((lock) => lock !== undefined);
}

function readLock(item: Node, seen: Set<string>, scope: Scope): PolicyLock | undefined {
  if (!isMapping(item, 'a lock', scope)) return undefined;
  checkKeys(item, [resourceKeys, stateKeys, presetKeys, settingKeys], 'a lock', scope);
  const resource = readResource(item, scope);
  const { enabled = true } = readKnown(item, stateKeys, scope);
  const policy = readSettings(item, scope);
  if (resource === undefined) return undefined;
  // Whoever speaks of the entry as a whole points at the name.
  const at = (valueOf(item, resource.kind) ?? item).at;
  const key = policyResourceKey(resource);
  if (seen.has(key)) {
    const message = `There is already an entry for the ${WHAT[resource.kind]} ${quote(resource.name)}.`;
    scope.report('name-not-unique', at, message, 'Make one entry of the two.');
  }
  seen.add(key);
  return { resource, policy, enabled, at: rangeOf(at) };
}

const WHAT: Readonly<Record<PolicyResourceKind, string>> = {
  environment: 'environment',
  stage: 'stage',
  named: 'lock',
};

/** The settings of one entry; what contradicts itself is reported at a setting that the author wrote. */
function readSettings(item: MappingNode, scope: Scope): LockPolicy {
  const written = readKnown(item, settingKeys, scope) as Partial<LockPolicy>;
  const policy = { ...DEFAULT_LOCK_POLICY, ...withPreset(item, written, scope) };
  for (const { setting, message } of policyProblems(policy)) {
    scope.report('conflicting-keys', placeOf(setting, item), message, 'Change one of the settings.');
  }
  return policy;
}

/** The settings of the preset with those written beside it; without a preset only these. */
function withPreset(item: MappingNode, written: Partial<LockPolicy>, scope: Scope): Partial<LockPolicy> {
  const { preset } = readKnown(item, presetKeys, scope);
  if (preset === undefined) return written;
  const found = presetSettings(preset, written);
  if ('settings' in found) return found.settings;
  const { code, setting, message } = found.problem;
  // A number that was written, but is none, was reported already.
  if (code === 'policy-capacity' && valueOf(item, 'capacity') !== undefined) return written;
  if (code === 'policy-capacity')
    scope.report('missing-key', placeOf(setting, item), message, 'For example `capacity: 2`.');
  else scope.report('conflicting-keys', placeOf(setting, item), message, 'Change one of the settings.');
  return written;
}

function placeOf(setting: string, item: MappingNode): Node['at'] {
  return item.entries.find(({ key }) => key.text === setting)?.key.at ?? startOf(item);
}
