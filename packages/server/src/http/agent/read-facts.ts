import type { AgentFact, EnumTable } from '@signalbox/api';
import type { JobReport } from '@signalbox/engine';
import { runNumberProblem } from '@signalbox/model';
import { VALUE_LENGTH } from '../../limits.ts';
import { readTag } from '../build/read-tag.ts';
import { badRequest } from '../problem.ts';
import { fieldsOf, type Fields } from '../read/fields.ts';
import { required, requiredNumber } from './agent-caller.ts';
import { readStep, RESULT } from './read-step.ts';

/** A report by who takes it: the run, or the tags beside it. */
export interface ReadFacts {
  readonly reports: readonly JobReport[];
  readonly tags: readonly string[];
}

const KIND: EnumTable<AgentFact['kind']> = {
  started: 0,
  step: 1,
  output: 2,
  finished: 3,
  runNumber: 4,
  tag: 5,
};
const MESSAGE_LENGTH = 4000;

/** Reads the facts of a report, each kind in its order. */
export function readFacts(facts: readonly unknown[]): ReadFacts {
  const reports: JobReport[] = [];
  const tags: string[] = [];
  for (const one of facts) {
    const fact = fieldsOf(one, 'Each fact');
    const kind = fact.word('kind', KIND);
    if (kind === undefined) throw badRequest('"kind" is missing.');
    if (kind === 'tag') tags.push(readTag(fact.text('tag')));
    else reports.push(readReport(fact, kind));
  }
  return { reports, tags };
}

function readReport(fact: Fields, kind: JobReport['kind']): JobReport {
  switch (kind) {
    case 'started':
      return { kind: 'started', at: requiredNumber(fact, 'at') };
    case 'step':
      return { kind: 'step', step: readStep(fact.object('step')) };
    case 'output':
      return {
        kind: 'output',
        name: required(fact, 'name'),
        value: fact.text('value', VALUE_LENGTH) ?? '',
        secret: fact.flag('secret') ?? false,
      };
    case 'finished':
      return readFinished(fact);
    case 'runNumber':
      return { kind: 'runNumber', number: readRunNumber(fact) };
  }
}

function readRunNumber(fact: Fields): string {
  const number = fact.text('number', Infinity) ?? '';
  const problem = runNumberProblem(number);
  if (problem !== undefined) throw badRequest(`This cannot be a run number: ${problem}.`);
  return number;
}

function readFinished(fact: Fields): JobReport {
  const result = fact.word('result', RESULT);
  if (result === undefined) throw badRequest('"result" is missing.');
  const message = fact.text('message', Infinity)?.slice(0, MESSAGE_LENGTH);
  return {
    kind: 'finished',
    at: requiredNumber(fact, 'at'),
    result,
    ...(message !== undefined && { message }),
  };
}
