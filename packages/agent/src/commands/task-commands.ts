import { resultByName } from '../job/results.ts';
import { isTrue, type CommandHandler } from './command-target.ts';
import { setSecret, setVariable } from './set-variable.ts';

/** `task.logissue`: an error or a warning of the step; its result stays (LOG-10, STEP-5). */
const logIssue: CommandHandler = ({ properties, data }, target) => {
  const type = properties.get('type')?.toLowerCase();
  if (type !== 'error' && type !== 'warning') return 'The property "type" must be "error" or "warning".';
  const path = properties.get('sourcepath');
  const code = properties.get('code');
  const place = [properties.get('linenumber'), properties.get('columnnumber')].filter(Boolean).join(',');
  const prefix = [
    path === undefined ? undefined : `${path}${place === '' ? '' : `(${place})`}`,
    code === undefined ? undefined : `${type} ${code}`,
  ].filter((part) => part !== undefined);
  target.issue(type, [...prefix, data].join(': '));
  return undefined;
};

/** `task.complete`: merges a result into the step's; the step goes on unless `done` (LOG-14). */
const complete: CommandHandler = (command, target) => {
  const name = command.properties.get('result') ?? 'Succeeded';
  const result = resultByName(name);
  if (result === undefined) return `"${name}" is not a result.`;
  if (command.data !== '') target.debug(command.data);
  target.complete(result, isTrue(command, 'done'));
  return undefined;
};

/** `task.setprogress`: checked, and told to the debug log; the protocol has no field for it (LOG-11). */
const setProgress: CommandHandler = ({ properties, data }, target) => {
  const value = Number(properties.get('value') ?? 0);
  const percent = Number.isFinite(value) ? Math.min(100, Math.max(0, Math.trunc(value))) : 0;
  target.debug(`Progress ${percent} % ${data}`.trimEnd());
  return undefined;
};

/** `task.prependpath`: for later steps, the latest first (LOG-22, REC-181). */
const prependPath: CommandHandler = ({ data }, target) => {
  const folder = data.trim();
  if (folder === '') return 'The folder is missing.';
  const before = target.prependPath.indexOf(folder);
  if (before >= 0) target.prependPath.splice(before, 1);
  target.prependPath.unshift(folder);
  return undefined;
};

/** `task.debug`: shown when `System.Debug` is true (LOG-23). */
const debug: CommandHandler = ({ data }, target) => {
  target.debug(data);
  return undefined;
};

/** A command that exists but that this agent does not carry out: said, not failed. */
const notYet: CommandHandler = ({ area, event }, target) => {
  target.issue('warning', `The logging command ${area}.${event} is not supported yet and has no effect.`);
  return undefined;
};

/** Nothing to do and nothing to say: internal numbers of a task's authors (LOG-37). */
const ignore: CommandHandler = () => undefined;

/** Every command by area and event (section 12.2). */
export const COMMANDS: ReadonlyMap<string, ReadonlyMap<string, CommandHandler>> = new Map([
  [
    'task',
    new Map([
      ['logissue', logIssue],
      ['issue', logIssue],
      ['setprogress', setProgress],
      ['complete', complete],
      ['setvariable', setVariable],
      ['setsecret', setSecret],
      ['prependpath', prependPath],
      ['debug', debug],
      ...later('logdetail', 'settaskvariable', 'setendpoint', 'addattachment', 'uploadsummary', 'uploadfile'),
    ]),
  ],
  ['artifact', new Map(later('associate', 'upload'))],
  ['build', new Map(later('updatebuildnumber', 'addbuildtag', 'uploadlog', 'uploadsummary'))],
  ['release', new Map(later('updatereleasename'))],
  ['results', new Map(later('publish'))],
  ['codecoverage', new Map(later('publish'))],
  ['telemetry', new Map([['publish', ignore]])],
]);

function later(...events: string[]): [string, CommandHandler][] {
  return events.map((event) => [event, notYet]);
}
