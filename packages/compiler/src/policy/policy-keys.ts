import {
  LOCK_PRESETS,
  LOCK_SETTINGS,
  PRESET_SUMMARY,
  type LockPresetName,
  type LockSetting,
} from '@signalbox/model';
import type { Key, KeyTable } from '../plan/key.ts';
import { booleanKey, choiceKey, integerKey, nodeKey, textKey } from '../plan/values.ts';
import type { Node } from '../read/node.ts';
import { lanesKey } from './lanes-key.ts';
import type { PolicyResourceKind } from './policy-lock.ts';
import { spanKey } from './span-key.ts';

/** The keys of the file itself. */
export const fileKeys: { readonly locks: Key<Node> } = {
  locks: nodeKey('The locks, each once. Locks that the file does not name are left alone.', {
    required: true,
  }),
};

/** The key that says which lock an entry is about; an entry has exactly one of them. */
export const resourceKeys: Readonly<Record<PolicyResourceKind, Key<string>>> = {
  environment: textKey('The name of the environment that is locked. It is made if there is none.'),
  stage: textKey(
    "The lock of one stage by itself, for stages with `lockBehavior`: `pipeline/Stage`, or `folder/pipeline/Stage`; the stage's name, not its display name.",
  ),
  named: textKey('The name of a lock for callers outside of pipelines.'),
};

/** What an entry may say besides its settings. */
export const stateKeys: { readonly enabled: Key<boolean> } = {
  enabled: booleanKey('Whether the lock counts at all; `true` unless it is written.'),
};

/** Settings under one name, beside which others may be written. */
export const presetKeys: { readonly preset: Key<LockPresetName> } = {
  preset: choiceKey(
    PRESET_SUMMARY,
    LOCK_PRESETS.map(({ name }) => name),
  ),
};

/** One key for each setting of a lock: a setting that the model gets is read, checked and described here, too. */
export const settingKeys: KeyTable = {
  ...Object.fromEntries(LOCK_SETTINGS.map((setting) => [setting.name, settingKey(setting)])),
  span: spanKey,
  lanes: lanesKey,
};

function settingKey({ summary, values }: LockSetting): Key<string | number> {
  return values.kind === 'words'
    ? choiceKey(summary, values.words)
    : integerKey(summary, values.least, values.most);
}
