import { note } from './diary.ts';

/** The environments that have a lock. */
export const LOCKS = ['alpha', 'beta', 'gamma'] as const;

/** Mostly a moment; now and then longer than a lease, so that an agent that lost one is still at work. */
const WORK = 'if [ $((RANDOM % 14)) = 0 ]; then sleep 15; else sleep 0.$((RANDOM % 6 + 1)); fi';

/** The clean-up of a job that was stopped takes its time: a lock that is handed on too early is seen. */
const CLEAN_UP = 'if [ "$AGENT_JOBSTATUS" = Canceled ]; then sleep 8; fi';

/**
 * A deployment behind a lock and a job after it that runs whatever came before, each with a step that always runs. A
 * job of a lost agent holds its lock for the lease, the minute of its clean-up and the margin.
 */
export function crowdPipeline(lock: string): string {
  const steps = (indent: string): string =>
    [
      `- bash: '${quoted(note('begin', lock))}; ${WORK}; ${quoted(note('end', lock))}'`,
      `- bash: '${CLEAN_UP}; ${quoted(note('always', lock))}'`,
      '  condition: always()',
    ]
      .map((line) => `${indent}${line}`)
      .join('\n');
  return `
trigger: none
lockBehavior: sequential
pool: Default
stages:
  - stage: Deploy
    jobs:
      - deployment: Ship
        environment: ${lock}
        cancelTimeoutInMinutes: 1
        strategy:
          runOnce:
            deploy:
              steps:
                - download: none
${steps('                ')}
      - job: Check
        dependsOn: Ship
        condition: always()
        cancelTimeoutInMinutes: 1
        steps:
          - checkout: none
${steps('          ')}
`;
}

function quoted(text: string): string {
  return text.replaceAll("'", "''");
}
