import { laneProblem, type Lane } from '@signalbox/model';
import { InvalidArgumentError } from 'commander';

/** What `--lane` means, for the help. */
export const LANE_HELP =
  'a lane, NAME=BRANCH[,BRANCH]:MINUTES, as often as there are lanes; together they replace those there were; none: no lanes';

/** Reads lanes given one by one: `hotfix=refs/heads/hotfix/*:60`, a head start of an hour; `none` for none. */
export function laneOption(text: string, before: readonly Lane[] = []): readonly Lane[] {
  if (text === 'none') return [];
  const [, name, branches, minutes] = /^([^=]+)=(.+):(\d+)$/.exec(text) ?? [];
  if (name === undefined || branches === undefined)
    throw new InvalidArgumentError('It looks like hotfix=refs/heads/hotfix/*:60, the minutes last.');
  const lanes = [...before, { name, branches: branches.split(','), headStartMinutes: Number(minutes) }];
  const problem = laneProblem(lanes);
  if (problem === undefined) return lanes;
  throw new InvalidArgumentError(problem);
}
