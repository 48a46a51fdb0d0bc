import type { YamlFile } from './commit-files.ts';

/** A YAML file, and whether it may be a pipeline. */
export interface RankedFile {
  readonly path: string;
  readonly likely: boolean;
}

/**
 * YAML files with those first that look like pipelines: by the usual name, then by their keys. Files of other systems
 * and of folders of templates have the same keys and are none.
 */
export function rankPipelineFiles(files: readonly YamlFile[]): readonly RankedFile[] {
  return files
    .map((file) => ({ path: file.path, rank: rankOf(file) }))
    .toSorted((a, b) => a.rank - b.rank || depth(a.path) - depth(b.path) || (a.path < b.path ? -1 : 1))
    .map(({ path, rank }) => ({ path, likely: rank < OTHER }));
}

const OTHER = 3;

function rankOf({ path, hasPipelineKey }: YamlFile): number {
  if (/^azure-pipelines\.ya?ml$/i.test(path)) return 0;
  if (/(^|\/)\.?azure-pipelines?[^/]*\.ya?ml$/i.test(path)) return 1;
  if (!hasPipelineKey || /(^|\/)(\.github|\.gitlab|\.circleci|templates?)\//i.test(path)) return OTHER;
  return 2;
}

function depth(path: string): number {
  return path.split('/').length;
}
