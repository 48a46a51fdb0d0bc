import { ROUTES } from '../routes/table.ts';
import type { WireGeneralSettings } from '../wire/project-settings.ts';
import type { RetentionChange, WireRetention } from '../wire/retention.ts';
import type { Transport } from './transport.ts';

/** What holds for all pipelines of a project. */
export interface SettingsClient {
  /** By name or id. A project that is renamed keeps its id. */
  updateProject(
    project: string,
    change: { readonly name?: string; readonly description?: string },
  ): Promise<void>;
  getGeneralSettings(project: string): Promise<WireGeneralSettings>;
  /** What is absent stays. */
  updateGeneralSettings(project: string, change: Partial<WireGeneralSettings>): Promise<WireGeneralSettings>;
  getRetention(project: string): Promise<WireRetention>;
  /** What is absent stays. */
  updateRetention(project: string, change: RetentionChange): Promise<WireRetention>;
}

/** The calls of `SettingsClient`. */
export function settingsClient(transport: Transport): SettingsClient {
  return {
    async updateProject(projectId, body) {
      await transport.json(ROUTES.updateProject, { path: { projectId }, body });
    },
    getGeneralSettings: (project) => transport.json(ROUTES.getGeneralSettings, { path: { project } }),
    updateGeneralSettings: (project, body) =>
      transport.json(ROUTES.updateGeneralSettings, { path: { project }, body }),
    getRetention: (project) => transport.json(ROUTES.getRetention, { path: { project } }),
    updateRetention: (project, body) => transport.json(ROUTES.updateRetention, { path: { project }, body }),
  };
}
