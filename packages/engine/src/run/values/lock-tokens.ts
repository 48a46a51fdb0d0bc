import type { FencingToken } from '@signalbox/model';
import type { Variable } from './variables.ts';

/**
 * The fencing tokens of a stage as variables of its jobs (RELIABILITY §5.5). Each lock has its own:
 * `Signalbox.LockToken.<lock>` and, for the environment, `SIGNALBOX_LOCK_TOKEN_<LOCK>`. A stage with one lock
 * has it as `Signalbox.LockToken` and `SIGNALBOX_LOCK_TOKEN`, too; with several there is no such one number.
 */
export function lockTokenVariables(tokens: readonly FencingToken[]): readonly Variable[] {
  const [only] = tokens;
  const short = tokens.length === 1 && only !== undefined ? named('', '', only) : [];
  return [...short, ...tokens.flatMap((one) => named(`.${one.lockName}`, `_${environmentName(one)}`, one))];
}

function named(suffix: string, environment: string, { token }: FencingToken): readonly Variable[] {
  const value = String(token);
  return [`Signalbox.LockToken${suffix}`, `SIGNALBOX_LOCK_TOKEN${environment}`].map((name) => ({
    name,
    value,
    secret: false,
    readonly: true,
  }));
}

function environmentName({ lockName }: FencingToken): string {
  return lockName.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_');
}
