import { MAX_CAPACITY, type PolicyProblem } from './lock-policy-check.ts';
import type { LockPolicy } from './lock-policy.ts';

/** The settings that the deployment queue of a classic release speaks of (CLASSIC-16). */
type Classic = Pick<LockPolicy, 'behavior' | 'orderBy' | 'supersede' | 'slot'> & Partial<LockPolicy>;

/** What one preset gives. */
interface Preset {
  /** What it does, as Markdown. */
  readonly summary: string;
  readonly settings: Classic;
  /** Whether a number may, must or must not be written beside it. */
  readonly capacity: 'allowed' | 'needed' | 'refused';
}

/** A classic queue takes its slot before the approval, and drops nobody before the slot is free (CLASSIC-3, -6). */
const IN_SEQUENCE: Classic = {
  behavior: 'sequential',
  orderBy: 'arrival',
  supersede: 'onRelease',
  slot: 'beforeApproval',
};

/** The deployment queue settings of classic releases by name (CLASSIC-1). */
export type LockPresetName =
  'unlimited' | 'specificNumber' | 'deployAllInSequence' | 'deployLatestAndCancelTheOthers';

const PRESETS: Readonly<Record<LockPresetName, Preset>> = {
  unlimited: {
    summary: 'All deploy at once, and all are asked for their approval at once (CLASSIC-4).',
    settings: { ...IN_SEQUENCE, capacity: MAX_CAPACITY },
    capacity: 'refused',
  },
  specificNumber: {
    summary:
      'As many at a time as `capacity` says, which must be written; the others in sequence (CLASSIC-7).',
    settings: IN_SEQUENCE,
    capacity: 'needed',
  },
  deployAllInSequence: {
    summary: 'One at a time, all in their order; `capacity` for more (CLASSIC-5).',
    settings: { ...IN_SEQUENCE, capacity: 1 },
    capacity: 'allowed',
  },
  deployLatestAndCancelTheOthers: {
    summary:
      'One at a time; when the slot comes free, all that wait but the newest are skipped; `capacity` for more (CLASSIC-6).',
    settings: { ...IN_SEQUENCE, behavior: 'runLatest', capacity: 1 },
    capacity: 'allowed',
  },
};

/** Every preset, in the order of classic's own page: its name, what it does, the settings it stands for. */
export const LOCK_PRESETS: readonly (Preset & { readonly name: LockPresetName })[] = Object.entries(
  PRESETS,
).map(([name, preset]) => ({ name: name as LockPresetName, ...preset }));

/** What `preset` means, as Markdown: for the reference, the policy file and its schema. */
export const PRESET_SUMMARY =
  'The settings of a deployment queue of classic releases under one name; a setting that is written beside it wins.';

/**
 * The settings of a preset with those written beside it, which win; or why not: there is no such preset
 * (`policy-value`), its number is missing (`policy-capacity`), or it can have none (`policy-contradiction`).
 */
export function presetSettings(
  preset: unknown,
  written: Partial<LockPolicy>,
): { readonly settings: Partial<LockPolicy> } | { readonly problem: PolicyProblem } {
  const found = LOCK_PRESETS.find(({ name }) => name === preset);
  if (found === undefined) {
    const names = LOCK_PRESETS.map(({ name }) => name).join(', ');
    const message = `'preset' of a lock is one of: ${names}.`;
    return { problem: { code: 'policy-value', setting: 'preset', message } };
  }
  const { name, capacity, settings } = found;
  if (capacity === 'needed' && written.capacity === undefined) {
    const message = `'preset: ${name}' needs the number: write 'capacity' beside it.`;
    return { problem: { code: 'policy-capacity', setting: 'preset', message } };
  }
  if (capacity === 'refused' && written.capacity !== undefined) {
    const message = `'preset: ${name}' has no number; use 'preset: specificNumber', or leave 'capacity' out.`;
    return { problem: { code: 'policy-contradiction', setting: 'capacity', message } };
  }
  return { settings: { ...settings, ...written } };
}
