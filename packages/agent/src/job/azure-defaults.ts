import { AZURE_CLI_DEFAULTS, writeAzureCliConfig } from '@signalbox/api';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VariableStore } from '../variables/variable-store.ts';
import type { WorkspaceLayout } from '../workspace/layout.ts';

/**
 * Gives the Azure CLI the organisation and the project of the job, so that `az pipelines …` in a step works as it is
 * published, without `--organization` and `--project` (U4). No token is written: a step that calls the service maps
 * `AZURE_DEVOPS_EXT_PAT: $(System.AccessToken)`, as on Azure.
 */
export function writeAzureDefaults({ azureDevOps }: WorkspaceLayout, variables: VariableStore): void {
  mkdirSync(azureDevOps, { recursive: true });
  const organization = variables.text('System.CollectionUri');
  const project = variables.text('System.TeamProject');
  const config = writeAzureCliConfig({ [AZURE_CLI_DEFAULTS]: { organization, project } });
  writeFileSync(join(azureDevOps, 'config'), config);
}

/** What leads the Azure CLI there. Variables and the `env` of a step go before it. */
export function azureEnvironment({ azureDevOps }: WorkspaceLayout): Readonly<Record<string, string>> {
  return { AZURE_DEVOPS_EXT_CONFIG_DIR: azureDevOps };
}
