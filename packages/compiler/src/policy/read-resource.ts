import { quote } from '../diagnostics.ts';
import { MAX_NAME_LENGTH, MAX_RESOURCE_NAME_LENGTH } from '../limits.ts';
import { isMisspelt, readKnown, startOf } from '../plan/key.ts';
import type { Scope } from '../plan/key.ts';
import type { MappingNode } from '../read/node.ts';
import { presetKeys, resourceKeys, settingKeys, stateKeys } from './policy-keys.ts';
import { POLICY_RESOURCE_KINDS, type PolicyResource, type PolicyResourceKind } from './policy-lock.ts';

/** What an entry of a policy file guards, or nothing after a report. */
export function readResource(item: MappingNode, scope: Scope): PolicyResource | undefined {
  const named = item.entries.filter(({ key }) => isKind(key.text));
  const [first, second] = named;
  if (first === undefined) {
    // A misspelt key was reported already.
    if (POLICY_RESOURCE_KINDS.some((kind) => isMisspelt(kind, item, [stateKeys, presetKeys, settingKeys])))
      return undefined;
    const message = 'A lock needs the resource that it guards.';
    scope.report('missing-key', startOf(item), message, `Add one of: ${POLICY_RESOURCE_KINDS.join(', ')}.`);
    return undefined;
  }
  if (second !== undefined) {
    const message = `A lock guards one resource: ${quote(first.key.text)} and ${quote(second.key.text)} exclude each other.`;
    scope.report('conflicting-keys', second.key.at, message, 'Make two entries of them.');
    return undefined;
  }
  const kind = first.key.text as PolicyResourceKind;
  const written = readKnown(item, resourceKeys, scope)[kind];
  if (written === undefined) return undefined;
  const name = kind === 'stage' ? stageName(written) : plainName(written);
  if (name !== undefined) return { kind, name };
  scope.report('name-invalid', first.value.at, `${quote(written)} ${NOT_A_NAME[kind]}`, HELP[kind]);
  return undefined;
}

function isKind(text: string): boolean {
  return Object.hasOwn(resourceKeys, text);
}

const NOT_A_NAME: Readonly<Record<PolicyResourceKind, string>> = {
  environment: 'cannot be the name of an environment.',
  stage: 'does not name a stage of a pipeline.',
  named: 'cannot be the name of a lock.',
};

const PLAIN_HELP = `Use 1 to ${MAX_RESOURCE_NAME_LENGTH} characters without line breaks; expressions are not replaced here.`;

const HELP: Readonly<Record<PolicyResourceKind, string>> = {
  environment: PLAIN_HELP,
  stage: "Write `pipeline/Stage`, or `folder/pipeline/Stage`, with the stage's name, not its display name.",
  named: PLAIN_HELP,
};

/** Azure refuses the same names of environments; an expression would be taken for a name. */
function plainName(text: string): string | undefined {
  const name = text.trim();
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  const isSound = !/[\u0000-\u001F\u007F]|\$[({[]/.test(name);
  return isSound && name !== '' && name.length <= MAX_RESOURCE_NAME_LENGTH ? name : undefined;
}

/** Folders, pipeline and stage without spaces around the slashes; stages are named as NAME-1 says. */
function stageName(text: string): string | undefined {
  const parts = text.split(/[\\/]/).map((part) => plainName(part));
  if (parts.length < 2 || parts.includes(undefined)) return undefined;
  const stage = parts.at(-1) ?? '';
  return /^[A-Za-z_]\w*$/.test(stage) && stage.length <= MAX_NAME_LENGTH ? parts.join('/') : undefined;
}
