import type { Shortcut } from './shortcut.ts';

/** `reviewApp` (STEPY-3). */
export const reviewApp: Shortcut = {
  key: 'reviewApp',
  summary: 'Makes a resource of the environment for a pull request, after the one that is named.',
  task: { name: 'ReviewApp', version: '0' },
  input: 'resourceName',
  fixed: {},
  extras: {},
};
