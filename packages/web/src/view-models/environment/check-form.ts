import type {
  NewCheck,
  WireApprovalSettings,
  WireCheck,
  WireCheckSettings,
  WireExtendsSettings,
  WireTaskSettings,
} from '@signalbox/api';
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
  TASK_CHECK,
} from '@signalbox/api';
import type { FormKind } from './check-kinds.ts';
import { formOf } from './check-kinds.ts';

/** What the form of a check holds, by the names of its fields. */
export type CheckValues = Readonly<Record<string, string>>;

/** Settings as they are sent. */
export type SentSettings = Readonly<Record<string, unknown>>;

/** The tasks of those kinds that are task checks (CHK-3). */
const TASKS: Partial<Readonly<Record<FormKind, string>>> = {
  branchControl: BRANCH_CONTROL_TASK,
  businessHours: BUSINESS_HOURS_TASK,
  restApi: REST_TASK,
  azureFunction: FUNCTION_TASK,
  azureMonitor: MONITOR_TASK,
  serviceNow: SERVICENOW_TASK,
};

const TYPES: Partial<Readonly<Record<FormKind, string>>> = {
  approval: APPROVAL_CHECK,
  requiredTemplate: EXTENDS_CHECK,
  artifactPolicy: ARTIFACT_CHECK,
  exclusiveLock: EXCLUSIVE_LOCK_CHECK,
};

/** Fields that a task check has beside its inputs. */
const BESIDE_INPUTS = new Set(['displayName', 'retryInterval', 'linkedVariableGroup', 'onTimeout']);

/** The kind of a check; undefined: it is of one that the page cannot edit. */
export function kindOf({ type, settings }: WireCheck): FormKind | undefined {
  const own = Object.entries(TYPES).find(([, id]) => id === type.id)?.[0];
  if (own !== undefined) return own as FormKind;
  const task = settings !== undefined && 'definitionRef' in settings ? settings.definitionRef?.id : undefined;
  return Object.entries(TASKS).find(([, id]) => id === task)?.[0] as FormKind | undefined;
}

/** The type of a check of a kind, as the server names it. */
export function typeOf(kind: FormKind): NewCheck['type'] {
  return { id: TYPES[kind] ?? TASK_CHECK };
}

/** The kinds that are no task checks, with what is sent for each. */
const SETTINGS: Partial<Readonly<Record<FormKind, (values: CheckValues) => SentSettings>>> = {
  exclusiveLock: () => ({}),
  approval: approvalSettings,
  requiredTemplate: templateSettings,
  artifactPolicy: ({ displayName = '', policy = '' }) => ({ displayName, policy }),
};

/** The settings that are sent. */
export function settingsOf(kind: FormKind, values: CheckValues): SentSettings {
  return SETTINGS[kind]?.(values) ?? taskSettings(kind, values);
}

/** What the form of a check that there is begins with. */
export function valuesOf({ settings = {} }: WireCheck): CheckValues {
  if (isApproval(settings)) return approvalValues(settings);
  if (isTemplates(settings)) return templateValues(settings);
  if (isTask(settings)) return taskValues(settings);
  return 'policy' in settings ? { ...settings } : {};
}

function isApproval(settings: WireCheckSettings): settings is WireApprovalSettings {
  return 'approvers' in settings;
}

function isTemplates(settings: WireCheckSettings): settings is WireExtendsSettings {
  return 'extendsChecks' in settings;
}

function isTask(settings: WireCheckSettings): settings is WireTaskSettings {
  return 'inputs' in settings;
}

function taskSettings(kind: FormKind, values: CheckValues): SentSettings {
  const inputs = formOf(kind).fields.filter(({ name }) => !BESIDE_INPUTS.has(name));
  const given = inputs.flatMap(({ name, kind: field }) => {
    const value = values[name] ?? '';
    if (field === 'flag') return [[name, value === 'true' ? 'true' : 'false']];
    return value === '' ? [] : [[name, value]];
  });
  const { displayName = '', retryInterval = '', linkedVariableGroup = '', onTimeout = 'skip' } = values;
  // What always passes or fails at once never times out, and has no such field.
  const mayTimeOut = formOf(kind).fields.some(({ name }) => name === 'onTimeout');
  return {
    displayName,
    definitionRef: { id: TASKS[kind] },
    inputs: Object.fromEntries(given) as CheckValues,
    ...(retryInterval !== '' && { retryInterval: Number(retryInterval) }),
    ...(linkedVariableGroup !== '' && { linkedVariableGroup }),
    ...(mayTimeOut && { onTimeout }),
  };
}

function taskValues(settings: WireTaskSettings): CheckValues {
  const { displayName, retryInterval, linkedVariableGroup = '', onTimeout = 'skip', inputs } = settings;
  // One window of business hours comes as Azure writes it; the form has one field for all windows.
  const { businessDays, startTime, endTime, ...others } = inputs;
  const single = businessDays === undefined ? {} : { windows: `${businessDays} ${startTime}-${endTime}` };
  return {
    ...others,
    ...single,
    displayName,
    linkedVariableGroup,
    onTimeout,
    ...(retryInterval !== undefined && { retryInterval: String(retryInterval) }),
  };
}

function approvalSettings(values: CheckValues): SentSettings {
  return {
    approvers: people(values['approvers']),
    blockedApprovers: people(values['blockedApprovers']),
    minRequiredApprovers: Number(values['minRequiredApprovers'] ?? 0),
    executionOrder: values['executionOrder'] ?? 'anyOrder',
    instructions: values['instructions'] ?? '',
    requesterCannotBeApprover: values['requesterCannotBeApprover'] === 'true',
    asked: values['asked'] ?? 'dynamic',
  };
}

function approvalValues(settings: WireApprovalSettings): CheckValues {
  const named = (all: WireApprovalSettings['approvers']): string =>
    all
      .map(({ displayName, isContainer }) => (isContainer === true ? `@${displayName}` : displayName))
      .join('\n');
  return {
    approvers: named(settings.approvers),
    blockedApprovers: named(settings.blockedApprovers),
    minRequiredApprovers: String(settings.minRequiredApprovers),
    executionOrder: settings.executionOrder,
    instructions: settings.instructions,
    requesterCannotBeApprover: String(settings.requesterCannotBeApprover),
    asked: settings.asked,
  };
}

function people(text = ''): readonly { readonly displayName: string; readonly isContainer?: true }[] {
  return lines(text).map((line) =>
    line.startsWith('@') ? { displayName: line.slice(1), isContainer: true } : { displayName: line },
  );
}

function templateSettings(values: CheckValues): SentSettings {
  const { templates = '', repositoryType = 'git' } = values;
  return {
    extendsChecks: lines(templates).map((line) => {
      const [path = '', place = ''] = line.split('@');
      const [repositoryName = '', ref = 'main'] = place.split('#');
      const repositoryRef = ref.startsWith('refs/') ? ref : `refs/heads/${ref}`;
      return { repositoryType, repositoryName, repositoryRef, templatePath: path };
    }),
  };
}

function templateValues({ extendsChecks }: WireExtendsSettings): CheckValues {
  const templates = extendsChecks.map(
    ({ templatePath, repositoryName, repositoryRef }) => `${templatePath}@${repositoryName}#${repositoryRef}`,
  );
  return { templates: templates.join('\n'), repositoryType: extendsChecks[0]?.repositoryType ?? 'git' };
}

function lines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}
