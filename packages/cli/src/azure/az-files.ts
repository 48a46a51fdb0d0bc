import { readAzureCliConfig, writeAzureCliConfig, type AzureCliConfig } from '@signalbox/api';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { CliError, EXIT } from '../exit-codes.ts';

/** The file with the settings of the Azure CLI's extension: where the extension looks for it, too. */
export function azConfigFile(
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const own = environment['AZURE_DEVOPS_EXT_CONFIG_DIR'];
  const azure = environment['AZURE_CONFIG_DIR'] || join(homedir(), '.azure');
  return join(own || join(azure, 'azuredevops'), 'config');
}

/** The settings in the file; none where there is no file. */
export function readAzFile(file: string): AzureCliConfig {
  try {
    return readAzureCliConfig(readFileSync(file, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw new CliError(EXIT.environment, `The file ${file} cannot be read.`);
  }
}

/** Writes the settings; what the owner may read, others need not. */
export function writeAzFile(file: string, config: AzureCliConfig): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, writeAzureCliConfig(config), { mode: 0o600 });
  } catch {
    throw new CliError(EXIT.environment, `The file ${file} cannot be written.`);
  }
}

/** The file in which the extension keeps tokens where there is no key ring: it leaves it for everybody to read. */
export function protectTokens(file: string): void {
  const tokens = join(dirname(file), 'personalAccessTokens');
  if (existsSync(tokens)) chmodSync(tokens, 0o600);
}
