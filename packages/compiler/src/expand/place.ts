/** What a part of a pipeline is to the expander: where templates may stand and which variables are in scope. */
export type Place =
  | 'pipeline'
  | 'stages'
  | 'stage'
  | 'jobs'
  | 'job'
  | 'strategy'
  | 'steps'
  | 'variables'
  | 'variable'
  | 'resources'
  | 'repositories'
  | 'repository'
  | 'pipelineResources'
  /** Only a lone string literal may stand in `${{ }}` (REC-39, TPL-7). */
  | 'literal'
  /** Read elsewhere: parameters are gone when the tree is planned (TPL-6). */
  | 'dropped'
  /** Everything that holds no lists of stages, jobs, steps or variables. */
  | 'data';

/** The places whose lists take `template` items (TPL-1). */
export type ListPlace = 'stages' | 'jobs' | 'steps' | 'variables';

const children: Partial<Readonly<Record<Place, Readonly<Record<string, Place>>>>> = {
  pipeline: {
    stages: 'stages',
    jobs: 'jobs',
    phases: 'jobs',
    steps: 'steps',
    variables: 'variables',
    resources: 'resources',
    trigger: 'literal',
    pr: 'literal',
    schedules: 'literal',
    parameters: 'dropped',
  },
  stage: { jobs: 'jobs', variables: 'variables' },
  job: { steps: 'steps', variables: 'variables', strategy: 'strategy' },
  strategy: { steps: 'steps', matrix: 'data', pool: 'data' },
  resources: { repositories: 'repositories', pipelines: 'pipelineResources' },
  repository: { trigger: 'literal' },
  pipelineResources: { trigger: 'literal' },
};

const items: Partial<Readonly<Record<Place, Place>>> = {
  stages: 'stage',
  jobs: 'job',
  variables: 'variable',
  literal: 'literal',
  repositories: 'repository',
  pipelineResources: 'pipelineResources',
};

/** The place of a value under a key. */
export function placeUnder(place: Place, key: string): Place {
  if (place === 'literal') return 'literal';
  const known = children[place];
  if (known !== undefined && Object.hasOwn(known, key)) return known[key] ?? 'data';
  return place === 'strategy' ? 'strategy' : 'data';
}

/** The place of an item of a list. */
export function placeOfItem(place: Place): Place {
  return items[place] ?? 'data';
}

/** True for places whose lists take `template` items (TPL-1). */
export function takesTemplates(place: Place): place is ListPlace {
  return place === 'stages' || place === 'jobs' || place === 'steps' || place === 'variables';
}
