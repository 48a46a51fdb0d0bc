import type { AgentJob, JobStep } from '@signalbox/api';
import { fold, type AgentId } from '@signalbox/model';
import { hostname } from 'node:os';
import { architecture, operatingSystem, type AgentIdentity } from '../capabilities/capabilities.ts';
import { isCheckout } from '../steps/registry.ts';
import type { VariableStore } from '../variables/variable-store.ts';
import type { WorkspaceLayout } from '../workspace/layout.ts';

/** Fills the variables that the server sent. Secrets are known to the masker from here on. */
export function setJobVariables(store: VariableStore, job: AgentJob): void {
  for (const variable of job.specification.variables) store.set(variable);
  store.set({ name: 'System.AccessToken', value: job.accessToken, secret: true, readonly: true });
  for (const name of ['System.CollectionUri', 'System.TeamFoundationCollectionUri']) {
    store.setOwn(name, job.collectionUri);
  }
  store.setOwn('Agent.JobName', job.specification.displayName);
  setCheckoutVariables(store, job.specification.steps);
}

/** How `self` is checked out; every later step can read it (section 13). */
function setCheckoutVariables(store: VariableStore, steps: readonly JobStep[]): void {
  const own = steps.find(
    ({ task, inputs }) => isCheckout(task) && fold(inputs['repository'] ?? 'self') === fold('self'),
  );
  const submodules = fold(own?.inputs['submodules'] ?? '');
  const gets = submodules !== '' && submodules !== 'false';
  store.setOwn('Build.Repository.Clean', titled(fold(own?.inputs['clean'] ?? '') === 'true'));
  store.setOwn('Build.Repository.Git.SubmoduleCheckout', titled(gets));
}

function titled(value: boolean): string {
  return value ? 'True' : 'False';
}

/** Sets what the agent knows of itself (section 13). */
export function setAgentVariables(
  store: VariableStore,
  agent: AgentIdentity & { readonly id: AgentId },
): void {
  store.setOwn('Agent.Id', String(agent.id));
  store.setOwn('Agent.Name', agent.name);
  store.setOwn('Agent.Version', agent.version);
  store.setOwn('Agent.MachineName', hostname());
  store.setOwn('Agent.OS', operatingSystem());
  store.setOwn('Agent.OSArchitecture', architecture());
  store.setOwn('Agent.HomeDirectory', agent.homeDirectory);
}

/** Sets the folders of the job (WS-1, WS-3, WS-6). */
export function setFolderVariables(store: VariableStore, layout: WorkspaceLayout): void {
  const folders: Readonly<Record<string, string>> = {
    'Agent.WorkFolder': layout.workFolder,
    'Agent.TempDirectory': layout.temp,
    'Agent.ToolsDirectory': layout.tools,
    'Agent.BuildDirectory': layout.root,
    'Pipeline.Workspace': layout.root,
    'Build.SourcesDirectory': layout.sources,
    'Build.Repository.LocalPath': layout.sources,
    'System.DefaultWorkingDirectory': layout.sources,
    'Build.ArtifactStagingDirectory': layout.artifacts,
    'Build.StagingDirectory': layout.artifacts,
    // Where the tasks that download artifacts put them by default.
    'System.ArtifactsDirectory': layout.artifacts,
    'Build.BinariesDirectory': layout.binaries,
    'Common.TestResultsDirectory': layout.testResults,
  };
  for (const [name, folder] of Object.entries(folders)) store.setOwn(name, folder);
}
