import type { Shortcut } from './shortcut.ts';

/** `downloadBuild` (STEPY-3); further inputs of its task stand under `inputs`. */
export const downloadBuild: Shortcut = {
  key: 'downloadBuild',
  summary: 'Fetches artifacts of a build: the alias of a build resource, `current` or `specific`.',
  task: { name: 'DownloadBuildArtifacts', version: '0' },
  id: 'a433f589-fce1-4460-9ee6-44a624aeb1fb',
  input: 'buildType',
  fixed: {},
  extras: {
    artifact: { summary: 'The name of the artifact.', input: 'artifactName' },
    patterns: { summary: 'Which files of it.', input: 'itemPattern' },
    path: { summary: 'Where to put them.', input: 'downloadPath' },
  },
  takesInputs: true,
};

/** `getPackage` (STEPY-3). */
export const getPackage: Shortcut = {
  key: 'getPackage',
  summary: 'Fetches a package: the alias of a package resource.',
  task: { name: 'DownloadPackage', version: '1' },
  input: 'definition',
  fixed: {},
  extras: { path: { summary: 'Where to put it.', input: 'downloadPath' } },
};
