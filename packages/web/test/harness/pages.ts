import type { QueueFormView, RunYamlView, WireBuild, WireChange, WireDefinition } from '@signalbox/api';
import type { Clock } from './stages.ts';

/** What the sample server answers to the pages of pipelines, of a run's text and of its changes; else `undefined`. */
export function pageAnswer(path: string, clock: Clock): unknown {
  if (path === 'build/definitions') return { count: 2, value: definitions(clock) };
  if (path.startsWith('build/definitions/')) return definitions(clock)[0];
  if (/^pipelines\/\d+\/form$/.test(path)) return SAMPLE_FORM;
  if (path.endsWith('/yaml')) return SAMPLE_YAML;
  return path.endsWith('/changes') ? { count: 2, value: changes(clock) } : undefined;
}

/** How many lines the long log has, which every sample run knows under this number. */
export const LONG_LOG = { log: 99, lines: 1_000_000 } as const;

/** A part of the long log, as `startLine` and `endLine` of an address say. */
export function longLog(url: string): string {
  const query = new URL(url, 'http://localhost').searchParams;
  const start = Number(query.get('startLine') ?? 1);
  const end = Math.min(LONG_LOG.lines, Number(query.get('endLine') ?? LONG_LOG.lines));
  return Array.from({ length: Math.max(0, end - start + 1) }, (_, index) => `line ${start + index}\n`).join(
    '',
  );
}

type Sample<T> = { readonly [K in keyof T]?: unknown };

function definitions(clock: Clock): readonly Sample<WireDefinition>[] {
  const latestBuild: Sample<WireBuild> = {
    id: 46,
    buildNumber: '20261122.46',
    status: 'completed',
    result: 'succeeded',
    queueTime: clock.at(322),
    sourceBranch: 'refs/heads/main',
    requestedFor: { displayName: 'Ada Lovelace' },
  };
  const common = {
    path: '\\Shop',
    queueStatus: 'enabled',
    process: { type: 2, yamlFilename: 'azure-pipelines.yml' },
    repository: { name: 'shop', defaultBranch: 'refs/heads/main' },
  };
  return [
    { ...common, id: 1, name: 'shop-web', latestBuild },
    { ...common, id: 2, name: 'billing-api', path: '\\', queueStatus: 'paused' },
  ];
}

const SAMPLE_FORM: QueueFormView = {
  branch: 'refs/heads/main',
  commit: '9f3c1e7ab2d44c0fa7e1d3b58c6f20914be7a0cd',
  parameters: [
    {
      name: 'target',
      displayName: 'Where to',
      type: 'string',
      required: false,
      values: ['qa', 'production'],
    },
    { name: 'ticket', displayName: 'Number of the change', type: 'string', required: true },
    { name: 'dryRun', displayName: 'Only try', type: 'boolean', required: false, default: 'false' },
    { name: 'regions', displayName: 'Regions', type: 'object', required: false },
  ],
  variables: [{ name: 'level', value: 'low', secret: false }],
  stages: [
    { name: 'Build', displayName: 'Build', dependsOn: [], skippable: false },
    { name: 'Deploy', displayName: 'Deploy production', dependsOn: ['Build'], skippable: true },
  ],
  problems: [],
};

const SAMPLE_YAML: RunYamlView = {
  yaml: 'trigger: none\nstages:\n  - stage: Build\n    jobs:\n      - job: build\n  - stage: Deploy\n    jobs:\n      - job: deploy\n',
  stages: [
    { name: 'Build', line: 3, source: { file: 'azure-pipelines.yml', line: 4 } },
    { name: 'Deploy', line: 6, source: { file: 'templates/deploy.yml', line: 2 } },
  ],
};

function changes(clock: Clock): readonly Sample<WireChange>[] {
  return [
    {
      id: '9f3c1e7ab2d44c0fa7e1d3b58c6f20914be7a0cd',
      message: 'Show the delivery date in the basket\n\nAs asked for.',
      author: { displayName: 'Ada Lovelace' },
      timestamp: clock.at(900),
    },
    {
      id: '41d09a6e55f24aa0b4d2d9d8a1a9cf3f3f7f0a11',
      message: 'Fix rounding of gift vouchers',
      author: { displayName: 'Grace Hopper' },
      timestamp: clock.at(4000),
    },
  ];
}
