import type { FileProvider } from '@signalbox/compiler';

/**
 * Stand-ins for templates of repositories that nobody outside Microsoft can read, but that files of the corpus extend.
 * They declare what those files pass and hold the stages that they are given, which is all that the callers show.
 * References in stages for OneBranch are written from the root with `@self`: there they are data (REC-83).
 */
const STAND_INS: ReadonlyMap<string, string> = new Map([
  ['1ESPipelineTemplates', standIn('stageList', ['pool', 'sdl', 'settings'])],
  ['onebranchTemplates', standIn('object', ['release', 'featureFlags', 'customTags', 'globalSdl'])],
]);

/** The files of a private repository by its alias: each path holds the same stand-in. */
export function privateRepository(alias: string): FileProvider | undefined {
  const text = STAND_INS.get(alias);
  return text === undefined ? undefined : { read: async () => text };
}

function standIn(stages: 'stageList' | 'object', parameters: readonly string[]): string {
  const declared = parameters.map((name) => `- { name: ${name}, type: object, default: {} }\n`);
  return `parameters:\n- { name: stages, type: ${stages} }\n${declared.join('')}stages: \${{ parameters.stages }}\n`;
}
