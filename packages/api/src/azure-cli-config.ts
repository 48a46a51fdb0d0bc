/** Sections of a configuration file of the Azure CLI's extension `azure-devops`; each has values by name. */
export type AzureCliConfig = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The section in which the extension looks for `organization` and `project` when a command names neither. */
export const AZURE_CLI_DEFAULTS = 'defaults';

/**
 * Reads such a file, as Python's `configparser` does: `name = value` or `name: value` below `[section]`, lines that
 * are indented go on with the value before, `%%` is one per cent sign. Comments and what is neither are left out, as
 * the extension itself does when it writes.
 */
export function readAzureCliConfig(text: string): AzureCliConfig {
  const read: Reading = { sections: new Map(), section: new Map(), last: '' };
  for (const line of text.split(/\r?\n/)) readLine(read, line);
  return Object.fromEntries([...read.sections].map(([name, values]) => [name, Object.fromEntries(values)]));
}

interface Reading {
  readonly sections: Map<string, Map<string, string>>;
  /** Where settings go; what stands before the first section goes nowhere. */
  section: Map<string, string>;
  /** The setting before; empty at the beginning of a section. */
  last: string;
}

function readLine(read: Reading, line: string): void {
  const name = /^\[([^\]]+)\]/.exec(line)?.[1];
  const [, key, value = ''] = /^([^\s#;[:=][^:=]*?)\s*[:=]\s*(.*?)\s*$/.exec(line) ?? [];
  if (name !== undefined) {
    read.section = read.sections.get(name) ?? new Map<string, string>();
    read.sections.set(name, read.section);
    read.last = '';
  } else if (key !== undefined) {
    read.last = key.toLowerCase();
    read.section.set(read.last, unescaped(value));
  } else if (read.last !== '' && /^\s+[^\s#;]/.test(line)) {
    read.section.set(read.last, `${read.section.get(read.last) ?? ''}\n${unescaped(line.trim())}`);
  }
}

/** The text of such a file. A line break in a value goes on in an indented line, so no value can become a setting. */
export function writeAzureCliConfig(config: AzureCliConfig): string {
  return Object.entries(config)
    .filter(([, values]) => Object.keys(values).length > 0)
    .map(([name, values]) => `[${name}]\n${Object.entries(values).map(lineOf).join('')}\n`)
    .join('');
}

function lineOf([name, value]: readonly [string, string]): string {
  const lines = value.split(/[\r\n]+/).map((line) => line.trim());
  return `${name} = ${lines
    .filter((line) => line !== '')
    .join('\n\t')
    .replaceAll('%', '%%')}\n`;
}

function unescaped(value: string): string {
  return value.replaceAll('%%', '%');
}
