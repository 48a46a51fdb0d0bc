import type { LockPatch } from '@signalbox/api';
import {
  LOCK_PRESETS,
  LOCK_SETTINGS,
  type LockPolicy,
  type LockPresetName,
  type LockSetting,
} from '@signalbox/model';
import { Option, type Command } from 'commander';
import { integer } from '../options.ts';
import { LANE_HELP, laneOption } from './lane-option.ts';
import { SPAN_HELP, spanOption } from './span-option.ts';

/** The option of a setting as commander names it: the setting without its unit; lanes come one by one. */
type OptionOf<Setting> = Setting extends 'lanes'
  ? 'lane'
  : Setting extends `${infer Short}Minutes`
    ? Short
    : Setting;

/** Settings of a lock as options, and which project. */
export type PolicyOptions = { readonly project?: string; readonly preset?: LockPresetName } & {
  readonly [Setting in keyof LockPolicy as OptionOf<Setting>]?: LockPolicy[Setting];
};

/**
 * Adds one option for each setting of a lock, and which project. A setting that the model gets has its option here by
 * itself, but for those `without`, whose names the command uses otherwise.
 */
export function policyOptions(command: Command, without: readonly (keyof LockPolicy)[] = []): Command {
  command.option('--project <name>', 'the project (default: the only one)');
  command.addOption(
    new Option(
      '--preset <name>',
      'the settings of a deployment queue of classic releases; others win',
    ).choices(LOCK_PRESETS.map(({ name }) => name)),
  );
  for (const setting of LOCK_SETTINGS)
    if (!without.includes(setting.name)) command.addOption(settingOption(setting));
  return command
    .option('--span <span>', SPAN_HELP, spanOption)
    .option('--lane <lane>', LANE_HELP, laneOption);
}

/** The settings that were given. */
export function patchOf(options: PolicyOptions): LockPatch {
  const { preset, span, lane: lanes } = options;
  const given: Readonly<Record<string, unknown>> = { ...options };
  const scalars = LOCK_SETTINGS.map(({ name }) => [name, given[withoutUnit(name)]] as const);
  const others = Object.entries({ preset, span, lanes });
  const values = [...scalars, ...others];
  return Object.fromEntries(values.filter(([, value]) => value !== undefined)) as LockPatch;
}

function settingOption({ name, summary, values }: LockSetting): Option {
  const flag = `--${withoutUnit(name).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  const text = summary
    .replaceAll('`', '')
    .replace(/\.$/, '')
    .replace(/^./, (letter) => letter.toLowerCase());
  if (values.kind === 'words') return new Option(`${flag} <word>`, text).choices(values.words);
  const unit = name === withoutUnit(name) ? 'count' : 'minutes';
  return new Option(`${flag} <${unit}>`, text).argParser(integer(values.least, values.most));
}

function withoutUnit(name: string): string {
  return name.replace(/Minutes$/, '');
}
