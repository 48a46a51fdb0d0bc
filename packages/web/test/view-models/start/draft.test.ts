import { describe, expect, it } from 'vitest';
import {
  fullAddress,
  NEW_DRAFT,
  stepToShow,
  suggestedName,
  takesToken,
} from '../../../src/view-models/start/draft.ts';

describe('stepToShow', () => {
  const nothing = { files: false, preview: false, right: false };
  const all = { files: true, preview: true, right: true };
  it.each([
    [undefined, all, 'repository'],
    ['file', all, 'file'],
    ['queue', all, 'queue'],
    ['queue', nothing, 'repository'],
    ['queue', { ...all, right: false }, 'graph'],
    ['graph', { ...nothing, files: true }, 'file'],
    ['elsewhere', all, 'repository'],
  ])('%s', (wanted, known, shown) => {
    expect(stepToShow(wanted, known)).toBe(shown);
  });
});

describe('fullAddress', () => {
  it.each([
    ['https://example.com/a.git', '', '', 'https://example.com/a.git'],
    ['https://example.com/a.git', '', 'k/y', 'https://token:k%2Fy@example.com/a.git'],
    ['https://me@example.com/a.git', 'ada', 'key', 'https://ada:key@example.com/a.git'],
    ['/srv/a', 'ada', 'key', '/srv/a'],
    [' git@example.com:a.git ', '', '', 'git@example.com:a.git'],
  ])('%s with %s and %s', (url, user, token, full) => {
    expect(fullAddress({ ...NEW_DRAFT, url, user, token })).toBe(full);
  });
});

describe('takesToken', () => {
  it('is so of http and https alone', () => {
    expect([' https://x/y', 'HTTP://x', 'ssh://x/y', '/srv/x', ''].map(takesToken)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('suggestedName', () => {
  it.each([
    ['https://example.com/team/shop.git', 'azure-pipelines.yml', 'shop'],
    ['/srv/git/shop/', '.azure-pipelines.yaml', 'shop'],
    ['git@example.com:shop.git', 'ci/nightly.yml', 'shop nightly'],
    ['C:\\src\\web shop', 'azure-pipelines-release.yml', 'web shop release'],
    ['/srv/a*b', '', 'a b'],
    ['', '', ''],
  ])('of %s and %s', (url, path, name) => {
    expect(suggestedName({ url, path })).toBe(name);
  });
});
