import {
  APPROVAL_CHECK,
  ARTIFACT_CHECK,
  BRANCH_CONTROL_TASK,
  BUSINESS_HOURS_TASK,
  EXCLUSIVE_LOCK_CHECK,
  EXTENDS_CHECK,
  FUNCTION_TASK,
  MONITOR_TASK,
  REST_TASK,
  SERVICENOW_TASK,
  type WireApprovalSettings,
  type WireArtifactSettings,
  type WireCheck,
  type WireExtendsSettings,
  type WireTaskSettings,
} from '@signalbox/api';

/** How one kind of check is shown: its word, as in `signalbox checks add`, and what it says in a line. */
interface ShownKind {
  readonly word: string;
  readonly line: (settings: NonNullable<WireCheck['settings']>) => string;
}

/** Every kind of check, by the id of its task, else by that of its type. The settings fit the id: the server wrote both. */
const KINDS: Readonly<Record<string, ShownKind>> = {
  [EXCLUSIVE_LOCK_CHECK]: { word: 'exclusive-lock', line: () => '' },
  [APPROVAL_CHECK]: { word: 'approval', line: (one) => approvalLine(one as WireApprovalSettings) },
  [BRANCH_CONTROL_TASK]: { word: 'branch-control', line: (one) => branchLine(one as WireTaskSettings) },
  [BUSINESS_HOURS_TASK]: { word: 'business-hours', line: (one) => hoursLine(one as WireTaskSettings) },
  [EXTENDS_CHECK]: { word: 'required-template', line: (one) => templateLine(one as WireExtendsSettings) },
  [ARTIFACT_CHECK]: { word: 'artifact-policy', line: (one) => (one as WireArtifactSettings).displayName },
  [REST_TASK]: { word: 'rest', line: (one) => serviceLine(one as WireTaskSettings) },
  [FUNCTION_TASK]: { word: 'function', line: (one) => serviceLine(one as WireTaskSettings) },
  [MONITOR_TASK]: { word: 'monitor', line: (one) => serviceLine(one as WireTaskSettings) },
  [SERVICENOW_TASK]: { word: 'servicenow', line: (one) => serviceLine(one as WireTaskSettings) },
};

/** The word of a check; its type's name where this command line does not know the kind. */
export function checkWord(check: WireCheck): string {
  return kindOf(check)?.word ?? check.type.name;
}

/** What a check says, in one line. */
export function checkLine(check: WireCheck): string {
  return check.settings === undefined ? '' : (kindOf(check)?.line(check.settings) ?? '');
}

function kindOf({ type, settings }: WireCheck): ShownKind | undefined {
  const task = settings !== undefined && 'inputs' in settings ? (settings as WireTaskSettings) : undefined;
  return KINDS[task?.definitionRef.id ?? type.id];
}

function approvalLine({ asked, approvers, minRequiredApprovers: least }: WireApprovalSettings): string {
  const names = approvers.map((one) => (one.isContainer === true ? `@${one.displayName}` : one.displayName));
  return `${asked}: ${names.join(', ')}${least > 0 ? ` (${least} of ${names.length})` : ''}`;
}

function branchLine({ displayName, inputs }: WireTaskSettings): string {
  const { allowedBranches = '', ensureProtectionOfBranch, allowUnknownStatusBranch } = inputs;
  const branches = allowedBranches === '' ? 'any branch' : allowedBranches;
  const unknown = allowUnknownStatusBranch === 'true' ? ' or unknown' : '';
  return named(
    displayName,
    `${branches}${ensureProtectionOfBranch === 'true' ? `, protected${unknown}` : ''}`,
  );
}

function hoursLine({ displayName, inputs }: WireTaskSettings): string {
  const { windows, businessDays = '', startTime = '', endTime = '', timeZone = '', calendars } = inputs;
  const open = windows ?? `${businessDays} ${startTime}-${endTime}`;
  const closed = calendars === undefined || calendars === '' ? '' : `, but ${calendars}`;
  return named(displayName, `${open} ${timeZone}${closed}`);
}

function templateLine({ extendsChecks }: WireExtendsSettings): string {
  const one = ({ templatePath, repositoryName, repositoryRef }: (typeof extendsChecks)[number]): string =>
    `${templatePath} of ${repositoryName} at ${repositoryRef}`;
  return extendsChecks.map(one).join(' or ');
}

/** Inputs may hold secrets in clear where somebody wrote them so: only how it is asked is shown. */
function serviceLine({ displayName, inputs, retryInterval = 0 }: WireTaskSettings): string {
  const how = inputs['waitForCompletion'] === 'true' ? 'callback' : 'response';
  return named(displayName, `${how}${retryInterval > 0 ? `, every ${retryInterval} min` : ''}`);
}

function named(name: string, text: string): string {
  return name === '' ? text : `${name}: ${text}`;
}
