import type { Shortcut } from './shortcut.ts';

/** `publish` (STEPY-3, REC-164). */
export const publish: Shortcut = {
  key: 'publish',
  summary: 'Keeps a file or folder as an artifact of the run.',
  task: { name: 'PublishPipelineArtifact', version: '1' },
  id: 'ecdc45f6-832d-4ad9-b52b-ee49e94659be',
  input: 'path',
  fixed: {},
  extras: { artifact: { summary: 'The name of the artifact.', input: 'artifactName' } },
};

/** `upload`: the former word for `publish`. */
export const upload: Shortcut = { ...publish, key: 'upload', former: 'publish' };

/** `download`: the service's internal task, here called `Download` (STEPY-3, REC-164). */
export const download: Shortcut = {
  key: 'download',
  summary: 'Fetches artifacts: `current`, the alias of a pipeline resource, or `none`.',
  task: { name: 'Download', version: '1' },
  id: '30f35852-3f7e-4c0c-9a88-e127b4f97211',
  input: 'alias',
  fixed: {},
  extras: {
    artifact: { summary: 'The name of the artifact; all without it.' },
    patterns: { summary: 'Which files of it.' },
    path: { summary: 'Where to put them.' },
  },
};
