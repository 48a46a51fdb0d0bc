import type { StepDetail } from '@signalbox/api';
import { resultByName } from '../job/results.ts';
import type { CommandHandler, CommandTarget } from './command-target.ts';
import type { LoggingCommand } from './parse-command.ts';

const GUID = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i;
const NOBODY = '00000000-0000-0000-0000-000000000000';
const STATES: Readonly<Record<string, StepDetail['state']>> = {
  unknown: 'pending',
  pending: 'pending',
  initialized: 'pending',
  inprogress: 'inProgress',
  completed: 'completed',
};

/**
 * `task.logdetail`: makes a child record of the step or changes the one with this id (LOG-12). What is left out stays
 * as it was; a record that is new begins now and is in progress.
 */
export const logDetail: CommandHandler = (command, target) => {
  const id = guidIn(command, 'id');
  if (id === undefined || id === NOBODY) return 'The property "id" must be a GUID.';
  const before = target.detail(id);
  const parent = guidIn(command, 'parentid');
  if (command.properties.has('parentid') && parent === undefined)
    return 'The property "parentid" must be a GUID.';
  const problem = before === undefined ? newProblem(command, parent, target) : movedProblem(before, parent);
  if (problem !== undefined) return problem;
  return target.setDetail(detailOf(command, { id, parent, before, now: target.now() }));
};

function newProblem(
  { properties }: LoggingCommand,
  parent: string | undefined,
  target: CommandTarget,
): string | undefined {
  if (!properties.has('name')) return 'A record that is new needs the property "name".';
  if (!properties.has('type')) return 'A record that is new needs the property "type".';
  const isKnown = parent === undefined || parent === NOBODY || target.detail(parent) !== undefined;
  return isKnown ? undefined : 'The record of "parentid" does not exist yet.';
}

function movedProblem({ parent: before }: StepDetail, parent: string | undefined): string | undefined {
  return parent === undefined || parent === (before ?? NOBODY)
    ? undefined
    : 'The parent of a record cannot change.';
}

interface Beginning {
  readonly id: string;
  readonly parent: string | undefined;
  readonly before: StepDetail | undefined;
  readonly now: number;
}

function detailOf(command: LoggingCommand, { id, parent, before, now }: Beginning): StepDetail {
  const { properties } = command;
  const kept = before ?? {
    ...BLANK,
    ...(parent !== undefined && parent !== NOBODY && { parent }),
    startTime: now,
  };
  const order = wholeIn(command, 'order');
  const state = stateIn(command) ?? kept.state;
  return {
    ...kept,
    id,
    type: properties.get('type') ?? kept.type,
    name: properties.get('name') ?? kept.name,
    ...(order !== undefined && { order }),
    state,
    ...progressOf(command),
    ...(state === 'completed' ? endOf(command, before, now) : {}),
  };
}

const BLANK = { type: '', name: '', state: 'inProgress' } as const;

function progressOf(
  command: LoggingCommand,
): Partial<Pick<StepDetail, 'percent' | 'operation' | 'startTime' | 'finishTime'>> {
  const percent = percentIn(command);
  const operation = command.data.trim();
  const startTime = instantIn(command, 'starttime');
  const finishTime = instantIn(command, 'finishtime');
  return {
    ...(percent !== undefined && { percent }),
    ...(operation !== '' && { operation }),
    ...(startTime !== undefined && { startTime }),
    ...(finishTime !== undefined && { finishTime }),
  };
}

/** What is completed has an end, a result and a percentage, said or not. */
function endOf(
  command: LoggingCommand,
  before: StepDetail | undefined,
  now: number,
): Required<Pick<StepDetail, 'percent' | 'result' | 'finishTime'>> {
  return {
    percent: percentIn(command) ?? 100,
    result: resultByName(command.properties.get('result') ?? '') ?? before?.result ?? 'succeeded',
    finishTime: instantIn(command, 'finishtime') ?? before?.finishTime ?? now,
  };
}

function guidIn({ properties }: LoggingCommand, key: string): string | undefined {
  return GUID.exec(properties.get(key)?.trim() ?? '')?.[1]?.toLowerCase();
}

function stateIn({ properties }: LoggingCommand): StepDetail['state'] | undefined {
  const word = properties.get('state')?.trim().toLowerCase();
  return word === undefined ? undefined : (STATES[word] ?? 'pending');
}

function percentIn(command: LoggingCommand): number | undefined {
  const value = wholeIn(command, 'progress');
  return value === undefined ? undefined : Math.min(100, Math.max(0, value));
}

function wholeIn({ properties }: LoggingCommand, key: string): number | undefined {
  const text = properties.get(key)?.trim() ?? '';
  return /^-?\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function instantIn({ properties }: LoggingCommand, key: string): number | undefined {
  const time = Date.parse(properties.get(key) ?? '');
  return Number.isNaN(time) ? undefined : time;
}
