/** A kind of check that the page knows how to set up. */
export type FormKind =
  | 'branchControl'
  | 'requiredTemplate'
  | 'artifactPolicy'
  | 'approval'
  | 'businessHours'
  | 'restApi'
  | 'azureFunction'
  | 'azureMonitor'
  | 'serviceNow'
  | 'exclusiveLock';

/** One field of the form of a check; every value is text, and a flag is `true` or empty. */
export interface CheckField {
  readonly name: string;
  readonly label: string;
  readonly kind: 'text' | 'lines' | 'number' | 'flag' | 'choice';
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  readonly required?: true;
  readonly example?: string;
}

/** How a kind of check is called, what it does, and what it asks for. */
export interface CheckForm {
  readonly kind: FormKind;
  readonly title: string;
  readonly explains: string;
  readonly fields: readonly CheckField[];
}

const NAME: CheckField = { name: 'displayName', label: 'Name, if you like', kind: 'text' };
const RETRY: CheckField = {
  name: 'retryInterval',
  label: 'Ask again after so many minutes',
  kind: 'number',
  example: '5',
};
const CONNECTION: CheckField = {
  name: 'connectedServiceName',
  label: 'Service connection',
  kind: 'text',
  required: true,
};
const ON_TIMEOUT: CheckField = {
  name: 'onTimeout',
  label: 'When it has not passed in time',
  kind: 'choice',
  choices: [
    { value: 'skip', label: 'the stage is skipped' },
    { value: 'fail', label: 'the stage fails' },
  ],
};
const GROUP: CheckField = {
  name: 'linkedVariableGroup',
  label: 'Variable group for its inputs',
  kind: 'text',
};
const CALL: readonly CheckField[] = [
  {
    name: 'method',
    label: 'Method',
    kind: 'choice',
    choices: ['', 'GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'].map((value) => ({
      value,
      label: value === '' ? 'POST, as usual' : value,
    })),
  },
  {
    name: 'headers',
    label: 'Headers, as JSON',
    kind: 'lines',
    example: '{ "Content-Type": "application/json" }',
  },
  { name: 'body', label: 'Body', kind: 'lines' },
  { name: 'waitForCompletion', label: 'A callback decides, not the answer', kind: 'flag' },
  {
    name: 'successCriteria',
    label: 'What the answer must be',
    kind: 'text',
    example: "eq(root['status'], 'successful')",
  },
];

/** The forms of all kinds, in the order in which checks are evaluated (CHK-20). */
export const CHECK_FORMS: readonly CheckForm[] = [
  {
    kind: 'branchControl',
    title: 'Branch control',
    explains: 'Only runs of these branches may use the resource.',
    fields: [
      NAME,
      {
        name: 'allowedBranches',
        label: 'Allowed branches, with commas between them',
        kind: 'text',
        required: true,
        example: 'refs/heads/main, refs/heads/release/*',
      },
      { name: 'ensureProtectionOfBranch', label: 'The branch must be protected, too', kind: 'flag' },
      { name: 'allowUnknownStatusBranch', label: 'Allow branches of which that is not known', kind: 'flag' },
      { name: 'protectedBranches', label: 'Branches that are protected, as you say', kind: 'text' },
    ],
  },
  {
    kind: 'requiredTemplate',
    title: 'Required template',
    explains: 'Only pipelines that extend one of these templates may use the resource.',
    fields: [
      {
        name: 'templates',
        label: 'Templates, one in each line: path@repository#ref',
        kind: 'lines',
        required: true,
        example: 'secure.yml@templates#refs/heads/main',
      },
      {
        name: 'repositoryType',
        label: 'Kind of the repository',
        kind: 'choice',
        choices: ['git', 'github', 'githubenterprise', 'bitbucket'].map((value) => ({ value, label: value })),
      },
    ],
  },
  {
    kind: 'artifactPolicy',
    title: 'Artifact policy',
    explains: 'A policy judges the artifacts of the run.',
    fields: [NAME, { name: 'policy', label: 'Policy', kind: 'lines', required: true }],
  },
  {
    kind: 'approval',
    title: 'Approval',
    explains: 'People say yes before a deployment, or after it.',
    fields: [
      {
        name: 'approvers',
        label: 'Approvers, one in each line; a group as @name',
        kind: 'lines',
        required: true,
        example: 'ann\n@release-managers',
      },
      {
        name: 'minRequiredApprovers',
        label: 'How many have to say yes; 0 for all',
        kind: 'number',
        example: '0',
      },
      {
        name: 'executionOrder',
        label: 'Whom to ask when',
        kind: 'choice',
        choices: [
          { value: 'anyOrder', label: 'all at once' },
          { value: 'inSequence', label: 'one after the other' },
        ],
      },
      {
        name: 'asked',
        label: 'When to ask',
        kind: 'choice',
        choices: [
          { value: 'dynamic', label: 'together with the other checks' },
          { value: 'preCheck', label: 'before the other checks' },
          { value: 'postCheck', label: 'after the other checks' },
          { value: 'postDeployment', label: 'when the jobs are over' },
        ],
      },
      { name: 'requesterCannotBeApprover', label: 'Who queued the run may not approve it', kind: 'flag' },
      { name: 'blockedApprovers', label: 'Who may not decide, one in each line', kind: 'lines' },
      { name: 'instructions', label: 'Instructions, in Markdown', kind: 'lines' },
    ],
  },
  {
    kind: 'businessHours',
    title: 'Business hours',
    explains: 'Deployments start inside of these hours only.',
    fields: [
      NAME,
      { name: 'timeZone', label: 'Time zone', kind: 'text', required: true, example: 'Europe/Berlin' },
      { name: 'windows', label: 'Hours', kind: 'text', required: true, example: 'Mon-Fri 08:00-17:00' },
      { name: 'calendars', label: 'Calendars with days off, with commas', kind: 'text' },
      RETRY,
      ON_TIMEOUT,
    ],
  },
  {
    kind: 'restApi',
    title: 'REST call',
    explains: 'A service of yours is asked, and decides.',
    fields: [
      NAME,
      CONNECTION,
      {
        name: 'urlSuffix',
        label: 'What follows the address of the connection',
        kind: 'text',
        example: '/gate?run=$(Build.BuildId)',
      },
      ...CALL,
      RETRY,
      ON_TIMEOUT,
      GROUP,
    ],
  },
  {
    kind: 'azureFunction',
    title: 'Azure Function',
    explains: 'A function decides.',
    fields: [
      NAME,
      { name: 'function', label: 'Address of the function', kind: 'text', required: true },
      {
        name: 'key',
        label: 'Its key; keep it in a variable group and name the variable',
        kind: 'text',
        example: '$(gateKey)',
      },
      { name: 'queryParameters', label: 'Query', kind: 'text' },
      ...CALL,
      RETRY,
      ON_TIMEOUT,
      GROUP,
    ],
  },
  {
    kind: 'azureMonitor',
    title: 'Azure Monitor alerts',
    explains: 'No deployment starts while there is an alert.',
    fields: [
      NAME,
      {
        name: 'connectedServiceNameARM',
        label: 'Service connection to the subscription',
        kind: 'text',
        required: true,
      },
      { name: 'ResourceGroupName', label: 'Resource group', kind: 'text', required: true },
      { name: 'severity', label: 'Only alerts of these', kind: 'text', example: 'Sev0,Sev1' },
      { name: 'timeRange', label: 'Of the last', kind: 'text', example: '1h' },
      RETRY,
      ON_TIMEOUT,
    ],
  },
  {
    kind: 'serviceNow',
    title: 'ServiceNow change',
    explains: 'A change has to be in a state.',
    fields: [
      NAME,
      CONNECTION,
      {
        name: 'changeRequestNumber',
        label: 'Number of the change, or its variable',
        kind: 'text',
        required: true,
      },
      { name: 'desiredState', label: 'State', kind: 'text', example: 'Implement' },
      RETRY,
      ON_TIMEOUT,
    ],
  },
  {
    kind: 'exclusiveLock',
    title: 'Exclusive lock',
    explains: 'One deployment at a time, in a line; its policy is on the page of the lock.',
    fields: [],
  },
];

/** The form of a kind. */
export function formOf(kind: FormKind): CheckForm {
  const found = CHECK_FORMS.find((form) => form.kind === kind);
  if (found === undefined) throw new Error(`There is no form for a check of kind ${kind}.`);
  return found;
}
