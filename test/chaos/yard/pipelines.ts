/** What a job of the yard does: long enough that others come to wait for it. */
const WORK = 'sleep 0.$((RANDOM % 8 + 2))';

/** Long enough that a cancel finds the stage at work. */
const LONG_WORK = 'sleep 4';

/** A deployment to each environment, side by side. A job of a lost agent holds its locks for a minute, not for five. */
function stage(name: string, environments: readonly string[], work = WORK): string {
  const jobs = environments.map(
    (environment) => `
      - deployment: To_${environment}
        environment: ${environment}
        cancelTimeoutInMinutes: 1
        strategy: { runOnce: { deploy: { steps: [{ bash: '${work}' }] } } }`,
  );
  return `
  - stage: ${name}
    jobs:${jobs.join('')}`;
}

function pipeline(...stages: readonly string[]): string {
  return `
trigger: none
lockBehavior: sequential
pool: Default
stages:${stages.join('')}
`;
}

/**
 * The pipelines of the yard: bundles that want the same two locks in either order, a train that keeps `track` over
 * three stages and takes `x` in the second, a local that wants `track` for one, a pair of shops, and a vault whose
 * stage no cancel ends.
 */
export const PIPELINES: Readonly<Record<string, string>> = {
  'xy.yml': pipeline(stage('Deploy', ['x', 'y'])),
  'yx.yml': pipeline(stage('Deploy', ['y', 'x'])),
  'train.yml': pipeline(
    stage('Migrate', ['track']),
    stage('Deploy', ['track', 'x']),
    stage('Verify', ['track']),
  ),
  'local.yml': pipeline(stage('Deploy', ['track'])),
  'shop.yml': pipeline(stage('Deploy', ['pair'])),
  'vault.yml': pipeline(stage('Apply', ['vault'], LONG_WORK), stage('After', ['x'])),
};

/** The policy of the yard's locks, applied from a file. */
export const POLICY = `
locks:
  - environment: x
    behavior: sequential
  - environment: y
    behavior: sequential
    orderBy: runQueueTime
  - environment: track
    behavior: sequential
    span: { through: { train: Verify } }
  - environment: pair
    behavior: sequential
    capacity: 2
    orderBy: runQueueTime
  - environment: vault
    behavior: sequential
    cancel: afterStage
`;

/** Lanes have no words in the policy file: runs of main come before those of the branch. */
export const PAIR_LANES = { lanes: [{ name: 'main', branches: ['refs/heads/main'], headStartMinutes: 1 }] };
