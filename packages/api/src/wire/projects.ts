import type { WireProject } from './common.ts';

/** A project to make. */
export interface NewProject {
  /** At most 64 characters. */
  readonly name: string;
  readonly description?: string | null;
}

/** One project, with its team and, where they are asked for, its capabilities. */
export interface WireProjectInFull extends WireProject {
  readonly defaultTeam: { readonly id: string; readonly name: string; readonly url: string };
  readonly capabilities?: {
    readonly versioncontrol: { readonly sourceControlType: 'Git'; readonly gitEnabled: 'True' };
    readonly processTemplate: { readonly templateName: string; readonly templateTypeId: string };
  };
}

/** A team as clients read it. A project has one, which is named after it; who is in it, tokens and groups say. */
export interface WireTeam {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  readonly description: string;
  readonly identityUrl: string;
  readonly projectId: string;
  readonly projectName: string;
}

/** The process that every project has. */
export interface WireProcess {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly isDefault: true;
  readonly type: 'system';
  readonly url: string;
}

/** Properties of one project. */
export interface WireProjectProperties {
  readonly projectId: string;
  readonly properties: readonly { readonly name: string; readonly value: string }[];
}
