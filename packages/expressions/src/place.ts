import type { FunctionGroup, FunctionRecord } from './functions/record.ts';

/** Where an expression stands; it decides what the expression may name (4.6, REC-137). */
export type PlaceName =
  | 'template'
  | 'rootVariable'
  | 'variable'
  | 'stageCondition'
  | 'jobCondition'
  | 'stepCondition'
  /** A step condition as the compiler sees it: names and status functions are left to the agent (REC-137, REC-139). */
  | 'stepConditionCheck'
  | 'checkCriteria';

/** What a place offers. */
export interface Place {
  readonly name: PlaceName;
  /** In words, for messages: "… is not available in <title>". */
  readonly title: string;
  readonly values: readonly string[];
  readonly groups: readonly FunctionGroup[];
  /** Whether status functions take node names (EXPR-60, REC-138). */
  readonly statusArguments: 'names' | 'none';
  /** Whether an unknown name or function is refused, or left to whoever evaluates (REC-137). */
  readonly unresolved: 'refuse' | 'accept';
}

const SERVER_CONDITION = {
  values: ['variables', 'dependencies', 'stageDependencies', 'pipeline'],
  groups: ['general', 'status'],
  statusArguments: 'names',
  unresolved: 'refuse',
} as const;

/** The places by name. */
export const PLACES: Readonly<Record<PlaceName, Place>> = {
  template: {
    name: 'template',
    title: 'template expressions ${{ }}',
    values: ['parameters', 'variables'],
    groups: ['general'],
    statusArguments: 'none',
    unresolved: 'refuse',
  },
  rootVariable: {
    name: 'rootVariable',
    title: 'run-time expressions $[ ] of the pipeline’s variables',
    values: ['variables', 'resources', 'pipeline'],
    groups: ['general', 'counter'],
    statusArguments: 'none',
    unresolved: 'refuse',
  },
  variable: {
    name: 'variable',
    title: 'run-time expressions $[ ] of stages and jobs',
    values: ['variables', 'resources', 'pipeline', 'dependencies', 'stageDependencies'],
    groups: ['general', 'counter'],
    statusArguments: 'none',
    unresolved: 'refuse',
  },
  stageCondition: { name: 'stageCondition', title: 'stage conditions', ...SERVER_CONDITION },
  jobCondition: { name: 'jobCondition', title: 'job conditions', ...SERVER_CONDITION },
  stepCondition: {
    name: 'stepCondition',
    title: 'step conditions',
    values: ['variables'],
    groups: ['general', 'status'],
    statusArguments: 'none',
    unresolved: 'refuse',
  },
  stepConditionCheck: {
    name: 'stepConditionCheck',
    title: 'step conditions',
    values: ['variables'],
    groups: ['general'],
    statusArguments: 'none',
    unresolved: 'accept',
  },
  checkCriteria: {
    name: 'checkCriteria',
    title: 'success criteria of checks',
    values: ['root'],
    groups: ['general', 'criteria'],
    statusArguments: 'none',
    unresolved: 'refuse',
  },
};

/** True when the place offers the function. */
export function offers(place: Place, record: FunctionRecord): boolean {
  return place.groups.includes(record.group);
}

/** The most arguments the function takes there. */
export function maxArgsIn(place: Place, record: FunctionRecord): number {
  return record.group === 'status' && place.statusArguments === 'none' ? 0 : record.maxArgs;
}

/** The titles of the places for which the test holds, each once, for help texts. */
export function titlesWhere(test: (place: Place) => boolean): readonly string[] {
  return [
    ...new Set(
      Object.values(PLACES)
        .filter(test)
        .map((place) => place.title),
    ),
  ];
}
