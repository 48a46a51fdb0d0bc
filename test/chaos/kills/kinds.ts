/** What is killed or cut while the steps are at work. */
export type Victim = 'server' | 'agent' | 'both' | 'cut';

/** Where a run stands when that happens, and how it ends. */
export interface Kind {
  readonly name: string;
  /** Its pipeline, of which each job asks for one agent. */
  readonly yaml: string;
  /** How a test sees that it has come there. */
  readonly at: 'gate' | 'sending' | 'fetching' | 'running' | 'approval' | 'cleaning';
  /** An agent of its name has a job of it then. */
  readonly isOnAgent: boolean;
  /** The result when nothing of it was harmed. */
  readonly unharmed: 'succeeded' | 'canceled';
}

/**
 * A step that says that it is there, talks until it may go on, and says so; `begin` and `end` stand in a diary that no
 * kill takes.
 */
function gate(kind: string): string {
  return [
    `echo "begin ${kind} $BUILD_BUILDID" >> "$KILLS_FOLDER/diary"`,
    `echo $$ > "$KILLS_FOLDER/pid-${kind}"`,
    `touch "$KILLS_FOLDER/at-${kind}"`,
    'n=0',
    'until [ -e "$KILLS_FOLDER/go" ]; do n=$((n + 1)); echo "line $n"; sleep 0.2; done',
    `echo "end ${kind} $BUILD_BUILDID $n" >> "$KILLS_FOLDER/diary"`,
  ].join('; ');
}

const SHORT_CLEAN_UP = 'cancelTimeoutInMinutes: 1';

function job(kind: string, steps: string, more = ''): string {
  return `
trigger: none
pool: { name: Default, demands: [${kind}] }
jobs:
  - job: Work
    ${SHORT_CLEAN_UP}${more}
    steps:
${steps}
`;
}

/** The agent of `locked` does it, before or after its own work. */
function deployment(environment: string, work: string): string {
  return `
trigger: none
lockBehavior: sequential
pool: { name: Default, demands: [locked] }
stages:
  - stage: Deploy
    jobs:
      - deployment: Ship
        environment: ${environment}
        ${SHORT_CLEAN_UP}
        strategy:
          runOnce:
            deploy:
              steps:
                - download: none
                - bash: '${work}'
`;
}

/** One job publishes, the next one fetches that and looks whether it is whole. */
function files(kind: string): string {
  return `
trigger: none
pool: { name: Default, demands: [${kind}] }
jobs:
  - job: Publish
    ${SHORT_CLEAN_UP}
    steps:
      - checkout: none
      - bash: head -c 8000000 /dev/urandom > big && sha256sum big > sum && mkdir -p out && mv big sum out
        workingDirectory: $(Pipeline.Workspace)
      - publish: $(Pipeline.Workspace)/out
        artifact: parcel
  - job: Fetch
    dependsOn: Publish
    ${SHORT_CLEAN_UP}
    steps:
      - checkout: none
      - download: current
        artifact: parcel
      - bash: sha256sum --check sum
        workingDirectory: $(Pipeline.Workspace)/parcel
`;
}

const GATE = { at: 'gate', isOnAgent: true, unharmed: 'succeeded' } as const;

/** Every kind of step at which something can be killed. */
export const KINDS: readonly Kind[] = [
  {
    ...GATE,
    name: 'checkout',
    yaml: job('checkout', '      - checkout: self\n      - bash: test -f checkout.yml'),
  },
  { ...GATE, name: 'task', yaml: job('task', '      - checkout: none\n      - task: WaitAtGate@1') },
  { ...GATE, name: 'publish', yaml: files('publish'), at: 'sending' },
  { ...GATE, name: 'download', yaml: files('download'), at: 'fetching' },
  {
    name: 'delay',
    yaml: `
trigger: none
jobs:
  - job: Wait
    pool: server
    steps:
      - task: Delay@1
        inputs: { delayForMinutes: '1' }
`,
    at: 'running',
    isOnAgent: false,
    unharmed: 'succeeded',
  },
  {
    name: 'approved',
    yaml: deployment('approved', gate('approved')),
    at: 'approval',
    isOnAgent: false,
    unharmed: 'succeeded',
  },
  {
    name: 'confirmed',
    yaml: deployment('confirmed', 'echo done'),
    at: 'approval',
    isOnAgent: false,
    unharmed: 'succeeded',
  },
  { ...GATE, name: 'locked', yaml: deployment('locked', gate('locked')) },
  {
    ...GATE,
    name: 'cleaning',
    yaml: job(
      'cleaning',
      `      - checkout: none
      - bash: touch "$KILLS_FOLDER/busy"; sleep 600
      - bash: '${gate('cleaning')}'
        condition: always()`,
    ),
    at: 'cleaning',
    unharmed: 'canceled',
  },
];
