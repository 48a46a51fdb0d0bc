import { resultByName } from '../job/results.ts';
import { isTrue, type CommandHandler } from './command-target.ts';
import { logDetail } from './log-detail.ts';
import { setEndpoint } from './set-endpoint.ts';
import { setTaskVariable } from './set-task-variable.ts';
import { setSecret, setVariable } from './set-variable.ts';

/** `task.logissue`: an error or a warning of the step; its result stays (LOG-10, STEP-5). */
const logIssue: CommandHandler = ({ properties, data }, target) => {
  const type = properties.get('type')?.toLowerCase();
  if (type !== 'error' && type !== 'warning') return 'The property "type" must be "error" or "warning".';
  const path = properties.get('sourcepath');
  const code = properties.get('code');
  const line = positive(properties.get('linenumber'));
  const column = positive(properties.get('columnnumber'));
  target.issue(type, data, {
    ...(path !== undefined && { path }),
    ...(line !== undefined && { line }),
    ...(column !== undefined && { column }),
    ...(code !== undefined && { code }),
  });
  return undefined;
};

function positive(text: string | undefined): number | undefined {
  return /^\d{1,9}$/.test(text?.trim() ?? '') ? Number(text) || undefined : undefined;
}

/** `task.complete`: merges a result into the step's; the step goes on unless `done` (LOG-14). */
const complete: CommandHandler = (command, target) => {
  const name = command.properties.get('result') ?? 'Succeeded';
  const result = resultByName(name);
  if (result === undefined) return `"${name}" is not a result.`;
  if (command.data !== '') target.debug(command.data);
  target.complete(result, isTrue(command, 'done'));
  return undefined;
};

/** `task.setprogress`: how far the step is, and what it does now; what is no number is 0 (LOG-11). */
const setProgress: CommandHandler = ({ properties, data }, target) => {
  const value = Number(properties.get('value') ?? 0);
  const percent = Number.isFinite(value) ? Math.min(100, Math.max(0, Math.trunc(value))) : 0;
  target.progress(percent, data.trim());
  return undefined;
};

/** `task.prependpath`: for later steps, the latest first (LOG-22, REC-181). */
const prependPath: CommandHandler = ({ data }, target) => {
  const folder = data.trim();
  if (folder === '') return 'The folder is missing.';
  const refusal = target.restrictions.refuseVariable('PATH');
  if (refusal !== undefined) {
    target.issue('warning', refusal);
    return undefined;
  }
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

/** The commands of the area `task` by event (section 12.2). */
export const TASK_COMMANDS: ReadonlyMap<string, CommandHandler> = new Map([
  ['logissue', logIssue],
  ['issue', logIssue],
  ['setprogress', setProgress],
  ['logdetail', logDetail],
  ['complete', complete],
  ['setvariable', setVariable],
  ['settaskvariable', setTaskVariable],
  ['setsecret', setSecret],
  ['setendpoint', setEndpoint],
  ['prependpath', prependPath],
  ['debug', debug],
]);
