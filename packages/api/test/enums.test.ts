import { describe, expect, it } from 'vitest';
import {
  BUILD_QUERY_ORDER,
  BUILD_REASON,
  BUILD_RESULT,
  BUILD_STATUS,
  readEnum,
  readFlags,
  TASK_RESULT,
} from '../src/index.ts';

describe('readEnum (REST.md §2.6)', () => {
  it.each([
    ['cancelling', 'cancelling'],
    ['Cancelling', 'cancelling'],
    ['CANCELLING', 'cancelling'],
    ['4', 'cancelling'],
    [4, 'cancelling'],
    [' 4 ', 'cancelling'],
    ['3', undefined],
    ['toString', undefined],
    ['', undefined],
  ])('%j is %s', (value, word) => {
    expect(readEnum(BUILD_STATUS, value)).toBe(word);
  });

  it('knows the orders by number', () => {
    expect(readEnum(BUILD_QUERY_ORDER, 5)).toBe('queueTimeAscending');
  });
});

describe('the numbers of statuses and results', () => {
  it.each([
    [32, 'notStarted'],
    [1, 'inProgress'],
    [4, 'cancelling'],
    [8, 'postponed'],
    [2, 'completed'],
  ])('of a run: %i is %s (RES-3)', (value, word) => {
    expect(readEnum(BUILD_STATUS, value)).toBe(word);
  });

  it.each([
    [0, 'none'],
    [2, 'succeeded'],
    [4, 'partiallySucceeded'],
    [8, 'failed'],
    [32, 'canceled'],
  ])('of the result of a run: %i is %s (RES-3)', (value, word) => {
    expect(readEnum(BUILD_RESULT, value)).toBe(word);
  });

  it.each(['succeeded', 'succeededWithIssues', 'failed', 'canceled', 'skipped', 'abandoned'])(
    'of the result of a node: %s (RES-1)',
    (word) => {
      const numbers = ['succeeded', 'succeededWithIssues', 'failed', 'canceled', 'skipped', 'abandoned'];
      expect(readEnum(TASK_RESULT, numbers.indexOf(word))).toBe(word);
    },
  );
});

describe('readFlags', () => {
  it.each([
    ['notStarted,inProgress,cancelling', ['notStarted', 'inProgress', 'cancelling']],
    ['37', ['inProgress', 'cancelling', 'notStarted']],
    [37, ['inProgress', 'cancelling', 'notStarted']],
    ['1,32', ['inProgress', 'notStarted']],
    ['All', ['all']],
    ['0', ['none']],
    ['', []],
    ['completed,', ['completed']],
    ['completed,nonsense', undefined],
    ['64', undefined],
    ['-1', undefined],
  ])('%j', (value, words) => {
    expect(readFlags(BUILD_STATUS, value)).toEqual(words);
  });

  it('takes a sum that has a word of its own as the words in it', () => {
    expect(readFlags(BUILD_REASON, '2031')).toContain('pullRequest');
  });
});
