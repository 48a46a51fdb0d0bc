import type { ExpandedVariable } from './variable-store.ts';

/** Environment variables of a process. */
export type EnvironmentVariables = Readonly<Record<string, string>>;

/** The environment variable that a variable becomes: `.` and space are `_`, letters upper case (VAR-12). */
export function environmentName(name: string, preserveCase = false): string {
  const replaced = name.replace(/[. ]/g, '_');
  return preserveCase ? replaced : replaced.toUpperCase();
}

/** The environment of all variables that are not secret (VAR-12, SEC-5). */
function variableEnvironment(variables: readonly ExpandedVariable[]): Record<string, string> {
  const environment: Record<string, string> = {};
  // Where two names become one, the one that had to be changed wins (REC-180), so those come last.
  const sorted = [...variables.filter(isPlainName), ...variables.filter((one) => !isPlainName(one))];
  for (const { name, value, secret, preserveCase } of sorted) {
    if (!secret && isPassable(name, value)) environment[environmentName(name, preserveCase)] = value;
  }
  return environment;
}

/** What a step's environment is made of. */
export interface StepEnvironment {
  /** What the agent itself was started with. */
  readonly base: EnvironmentVariables;
  readonly variables: readonly ExpandedVariable[];
  /** The step's `env` block, macros expanded. */
  readonly env: EnvironmentVariables;
  /** Folders from `task.prependpath`, the latest first (LOG-22). */
  readonly prependPath: readonly string[];
  readonly pathSeparator: string;
}

/** The whole environment of a step. A variable wins over an entry of `env` with its name (REC-179). */
export function stepEnvironment(step: StepEnvironment): Record<string, string> {
  const env = Object.entries(step.env).filter(([name, value]) => isPassable(name, value));
  const environment: Record<string, string> = {
    ...inherited(step.base),
    ...Object.fromEntries(env),
    ...variableEnvironment(step.variables),
    TF_BUILD: 'True',
  };
  if (step.prependPath.length > 0) {
    const key = Object.keys(environment).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
    environment[key] = [...step.prependPath, environment[key] ?? '']
      .filter((folder) => folder !== '')
      .join(step.pathSeparator);
  }
  return environment;
}

/** The agent's environment without what configures the agent: its token is none of a job's business (TH20). */
export function inherited(base: EnvironmentVariables): Record<string, string> {
  return Object.fromEntries(Object.entries(base).filter(([name]) => !name.startsWith('SIGNALBOX_')));
}

function isPlainName({ name }: ExpandedVariable): boolean {
  return !/[. ]/.test(name);
}

/** The system refuses to start a process with anything else. */
function isPassable(name: string, value: string): boolean {
  return name !== '' && !name.includes('=') && !name.includes('\0') && !value.includes('\0');
}
