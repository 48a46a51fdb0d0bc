import { AZURE_CLI_DEFAULTS, type AzureCliConfig } from '@signalbox/api';

/** What `az devops …` takes where a command names neither. */
export interface AzDefaults {
  readonly organization: string;
  /** Absent: every command has to name one. */
  readonly project?: string;
}

/** Where the defaults of before are kept for `--undo`; the extension leaves sections alone that it does not know. */
const BEFORE = 'signalbox-before';

const NAMES = ['organization', 'project'] as const;

/** The settings with these defaults; those of before are kept, once, however often somebody logs in. */
export function withDefaults(config: AzureCliConfig, defaults: AzDefaults): AzureCliConfig {
  const own = config[AZURE_CLI_DEFAULTS] ?? {};
  const before = config[BEFORE] ?? { ...chosen(own), kept: 'yes' };
  const others = Object.fromEntries(Object.entries(own).filter(([name]) => !isOurs(name)));
  return { ...config, [AZURE_CLI_DEFAULTS]: { ...defaults, ...others }, [BEFORE]: before };
}

/** The settings as they were before the first login; undefined when there was none. */
export function withoutDefaults(config: AzureCliConfig): AzureCliConfig | undefined {
  const { [BEFORE]: before, [AZURE_CLI_DEFAULTS]: own = {}, ...rest } = config;
  if (before === undefined) return undefined;
  const others = Object.fromEntries(Object.entries(own).filter(([name]) => !isOurs(name)));
  return { [AZURE_CLI_DEFAULTS]: { ...chosen(before), ...others }, ...rest };
}

function isOurs(name: string): boolean {
  return NAMES.some((one) => one === name);
}

function chosen(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => isOurs(name)));
}
