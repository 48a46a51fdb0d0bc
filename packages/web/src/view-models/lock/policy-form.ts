import type { LockPatch } from '@signalbox/api';
import type { Lane, LockPolicy, LockPresetName, LockSpan, PolicyProblem } from '@signalbox/model';
import { LOCK_PRESETS, LOCK_SETTINGS, policyProblems, sameSetting, SETTING_NAMES } from '@signalbox/model';

/** A setting of a lock as the form shows it. */
export interface PolicyField {
  readonly name: keyof LockPolicy;
  readonly label: string;
  /** The choices of a setting that has words; a number has none. */
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  readonly bounds?: { readonly least: number; readonly most: number };
}

/** The fields of the form under their headings. */
export interface PolicyGroup {
  readonly title: string;
  readonly fields: readonly PolicyField[];
}

type Scalar = Exclude<keyof LockPolicy, 'lanes' | 'span'>;

const LABELS: Readonly<Record<Scalar, string>> = {
  capacity: 'How many at a time',
  behavior: 'Where the pipeline does not say otherwise',
  orderBy: 'Order of the line',
  expectedLimitMinutes: 'Minutes that a run which waits for a person holds younger ones back',
  supersede: 'When older runs give way',
  slot: 'When the place is taken',
  waitTimeoutMinutes: 'Minutes after which a waiter gives up',
  onWaitTimeout: 'What becomes of it then',
  holdLimitMinutes: 'Minutes that one may hold it; 0 for no limit',
  onHoldLimit: 'What happens then',
  onFailure: 'After a failure',
  cancel: 'A cancel of the holder',
  staleGuard: 'A commit older than what was deployed',
};

const WORDS: Readonly<Record<string, string>> = {
  runLatest: 'the newest run goes next, older ones give way',
  sequential: 'every run gets its turn',
  branchRunLatest: 'the newest run of each branch goes next',
  parallel: 'nobody waits',
  arrival: 'as they arrive',
  runQueueTime: 'as their runs were queued',
  onRelease: 'when the lock comes free',
  onArrival: 'when a newer one arrives',
  onApproval: 'when a newer one is approved',
  afterApproval: 'after the approval',
  beforeApproval: 'before the approval, as classic releases do',
  skip: 'its stage is skipped, the run fails',
  fail: 'its stage fails',
  alert: 'it is reported',
  release: 'the lock goes on to the next',
  hold: 'the lock waits for an acknowledgement',
  asAzure: 'takes effect at once',
  afterStage: 'waits until the stage is over',
  allow: 'deploys',
  warn: 'deploys with a warning',
  reject: 'fails',
  cancel: 'it is cancelled, clean-up included',
};

const GROUPS: readonly { readonly title: string; readonly names: readonly Scalar[] }[] = [
  { title: 'The line', names: ['capacity', 'behavior', 'orderBy', 'supersede', 'expectedLimitMinutes'] },
  { title: 'Waiting', names: ['waitTimeoutMinutes', 'onWaitTimeout', 'slot'] },
  { title: 'Holding', names: ['holdLimitMinutes', 'onHoldLimit', 'onFailure', 'cancel', 'staleGuard'] },
];

/** The fields of the form; `lanes` and `span` have forms of their own. */
export const POLICY_GROUPS: readonly PolicyGroup[] = GROUPS.map(({ title, names }) => ({
  title,
  fields: names.map(fieldOf),
}));

function fieldOf(name: Scalar): PolicyField {
  const values = LOCK_SETTINGS.find((setting) => setting.name === name)?.values;
  const label = LABELS[name];
  if (values?.kind === 'words') {
    const choices = values.words.map((value) => ({ value, label: WORDS[value] ?? value }));
    return { name, label, choices };
  }
  return values === undefined ? { name, label } : { name, label, bounds: values };
}

/** A preset of classic releases, as classic's own page calls it (CLASSIC-1). */
export interface PresetChoice {
  readonly name: LockPresetName;
  readonly label: string;
}

const PRESET_LABELS: Readonly<Record<LockPresetName, string>> = {
  unlimited: 'Unlimited',
  specificNumber: 'A specific number',
  deployAllInSequence: 'Deploy all in sequence',
  deployLatestAndCancelTheOthers: 'Deploy latest and cancel the others',
};

/** The presets, in the order of classic's own page. */
export const PRESET_CHOICES: readonly PresetChoice[] = LOCK_PRESETS.map(({ name }) => ({
  name,
  label: PRESET_LABELS[name],
}));

/** The policy after a preset was chosen; a number that is needed stays as it was. */
export function withPreset(policy: LockPolicy, preset: LockPresetName): LockPolicy {
  const settings = LOCK_PRESETS.find(({ name }) => name === preset)?.settings;
  return { ...policy, ...settings };
}

/** The preset that a policy is; undefined when it is none. */
export function presetOf(policy: LockPolicy): LockPresetName | undefined {
  const fitting = LOCK_PRESETS.filter(({ settings, capacity }) => {
    const same = (Object.keys(settings) as readonly (keyof LockPolicy)[]).every((name) =>
      sameSetting(name, policy, { ...policy, ...settings }),
    );
    return same && (capacity !== 'needed' || policy.capacity > 1);
  });
  return (fitting.find(({ capacity }) => capacity !== 'needed') ?? fitting[0])?.name;
}

/** What has to be sent: the settings that differ. */
export function policyPatch(before: LockPolicy, after: LockPolicy): LockPatch {
  const changed = SETTING_NAMES.filter((name) => !sameSetting(name, before, after));
  return Object.fromEntries(changed.map((name) => [name, after[name]]));
}

/** What is wrong with a policy, by the setting at fault. */
export function problemsOf(policy: LockPolicy): ReadonlyMap<string, PolicyProblem> {
  return new Map(policyProblems(policy).map((problem) => [problem.setting, problem]));
}

/** Lanes as a field of several lines holds them: `hotfix = refs/heads/hotfix/*, refs/heads/fix : 60`. */
export function lanesText(lanes: readonly Lane[]): string {
  return lanes
    .map(({ name, branches, headStartMinutes }) => `${name} = ${branches.join(', ')} : ${headStartMinutes}`)
    .join('\n');
}

/** Lanes as they were written; what cannot be read becomes a lane that `problemsOf` refuses. */
export function lanesOf(text: string): readonly Lane[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => {
      const [, name = '', branches = '', start = ''] = /^([^=]*)=(.*):([^:]*)$/.exec(line) ?? [];
      return {
        name: name.trim(),
        branches: branches
          .split(',')
          .map((branch) => branch.trim())
          .filter(Boolean),
        headStartMinutes: start.trim() === '' ? Number.NaN : Number(start),
      };
    });
}

/** The stages of a span as a field of several lines holds them: `shop-web = Verify`. */
export function spanLines(span: LockSpan): string {
  if (typeof span === 'string') return '';
  return Object.entries(span.through)
    .map(([pipeline, stage]) => `${pipeline} = ${stage}`)
    .join('\n');
}

/** A span as it was written; what cannot be read is a span that `problemsOf` refuses. */
export function spanOf(text: string): LockSpan {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return {
    through: Object.fromEntries(
      lines.map((line) => {
        const at = line.lastIndexOf('=');
        return at < 0 ? [line.trim(), ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
      }),
    ),
  };
}

/** The policy with the setting that the address suggests, as the what-if panel links to it. */
export function suggested(policy: LockPolicy, query: ReadonlyMap<string, string>): LockPolicy {
  const capacity = Number(query.get('capacity') ?? policy.capacity);
  const behavior = query.get('behavior') ?? policy.behavior;
  const wanted = { ...policy, capacity, behavior: behavior as LockPolicy['behavior'] };
  return policyProblems(wanted).length === 0 ? wanted : policy;
}
