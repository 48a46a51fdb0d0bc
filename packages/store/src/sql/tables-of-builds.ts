import type { Generated } from 'kysely';

/** What keeps runs and which are gone, what stands beside runs and pipelines, and pipelines that were deleted. */
export interface TablesOfBuilds {
  run_lease: {
    id: Generated<number>;
    project: number;
    run: number;
    definition: number;
    owner: string;
    created_at: number;
    valid_until: number;
    protect_pipeline: number;
  };
  run_removal: { run: number; at: number; by_whom: string };
  property: { kind: 'run' | 'definition'; id: number; folded: string; name: string; value: string };
  definition_tag: { definition: number; folded: string; name: string };
  definition_revision: { definition: number; revision: number; by_whom: string; doc: string };
  removed_definition: { id: number; project: number; at: number; doc: string };
  definition_folder: {
    project: number;
    folded: string;
    path: string;
    description: string;
    created_by: string;
    created_at: number;
    modified_by: string;
    modified_at: number;
  };
}
