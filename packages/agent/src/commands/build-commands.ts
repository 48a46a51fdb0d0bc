import { runNumberProblem, tagProblem } from '@signalbox/model';
import type { CommandHandler } from './command-target.ts';

/** `build.updatebuildnumber`: the run's number, for later steps and jobs too (LOG-30, RNAME-8). */
export const updateBuildNumber: CommandHandler = ({ data }, target) => {
  const number = target.masker.mask(data.trim());
  const problem = runNumberProblem(number);
  if (problem !== undefined) return `This cannot be a run number: ${problem}.`;
  target.variables.setOwn('Build.BuildNumber', number);
  target.runNumber(number);
  return undefined;
};

/** `build.addbuildtag`: a tag of the run (LOG-31). */
export const addBuildTag: CommandHandler = ({ data }, target) => {
  const tag = target.masker.mask(data.trim());
  const problem = tagProblem(tag);
  if (problem !== undefined) return `This cannot be a tag: ${problem}.`;
  target.tag(tag);
  return undefined;
};

/** `release.updatereleasename`: classic releases only, of which there are none here (LOG-34). */
export const updateReleaseName: CommandHandler = (_command, target) => {
  target.issue(
    'warning',
    'The logging command release.updatereleasename has no effect: this is no classic release.',
  );
  return undefined;
};
