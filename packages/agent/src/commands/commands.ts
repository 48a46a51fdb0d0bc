import { ARTIFACT_COMMANDS } from './artifact-commands.ts';
import { addBuildTag, updateBuildNumber, updateReleaseName } from './build-commands.ts';
import type { CommandHandler } from './command-target.ts';
import { TASK_COMMANDS } from './task-commands.ts';

/** A command that exists but that this agent does not carry out: said, not failed. */
const notYet: CommandHandler = ({ area, event }, target) => {
  target.issue('warning', `The logging command ${area}.${event} is not supported yet and has no effect.`);
  return undefined;
};

/** Nothing to do and nothing to say: internal numbers of a task's authors (LOG-37). */
const ignore: CommandHandler = () => undefined;

/** Every command by area and event (section 12.2). */
export const COMMANDS: ReadonlyMap<string, ReadonlyMap<string, CommandHandler>> = new Map([
  ['task', new Map([...TASK_COMMANDS, ...later('addattachment', 'uploadsummary', 'uploadfile')])],
  ['artifact', ARTIFACT_COMMANDS],
  [
    'build',
    new Map([
      ['updatebuildnumber', updateBuildNumber],
      ['addbuildtag', addBuildTag],
      ...later('uploadlog', 'uploadsummary'),
    ]),
  ],
  ['release', new Map([['updatereleasename', updateReleaseName]])],
  ['results', new Map(later('publish'))],
  ['codecoverage', new Map(later('publish'))],
  ['telemetry', new Map([['publish', ignore]])],
]);

function later(...events: string[]): [string, CommandHandler][] {
  return events.map((event) => [event, notYet]);
}
