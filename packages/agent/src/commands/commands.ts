import { ARTIFACT_COMMANDS } from './artifact-commands.ts';
import { ATTACH_COMMANDS, BUILD_ATTACH_COMMANDS } from './attach-commands.ts';
import { addBuildTag, updateBuildNumber, updateReleaseName } from './build-commands.ts';
import type { CommandHandler } from './command-target.ts';
import { publishCodeCoverage, publishResults } from './result-commands.ts';
import { TASK_COMMANDS } from './task-commands.ts';

/** Nothing to do and nothing to say: internal numbers of a task's authors (LOG-37). */
const ignore: CommandHandler = () => undefined;

/** Every command by area and event (section 12.2). */
export const COMMANDS: ReadonlyMap<string, ReadonlyMap<string, CommandHandler>> = new Map([
  ['task', new Map([...TASK_COMMANDS, ...ATTACH_COMMANDS])],
  ['artifact', ARTIFACT_COMMANDS],
  [
    'build',
    new Map([
      ['updatebuildnumber', updateBuildNumber],
      ['addbuildtag', addBuildTag],
      ...BUILD_ATTACH_COMMANDS,
    ]),
  ],
  ['release', new Map([['updatereleasename', updateReleaseName]])],
  ['results', new Map([['publish', publishResults]])],
  ['codecoverage', new Map([['publish', publishCodeCoverage]])],
  ['telemetry', new Map([['publish', ignore]])],
]);
