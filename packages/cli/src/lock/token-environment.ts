import type { LeaseView } from '@signalbox/api';

/**
 * The fencing tokens of a lease as environment variables, named as those of a stage's jobs:
 * `SIGNALBOX_LOCK_TOKEN_<LOCK>` for each lock, and `SIGNALBOX_LOCK_TOKEN` when there is only one.
 */
export function tokenEnvironment({ locks }: LeaseView): Readonly<Record<string, string>> {
  const [only] = locks;
  const each = locks.map(({ name, token }) => [
    `SIGNALBOX_LOCK_TOKEN_${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`,
    String(token),
  ]);
  const short = locks.length === 1 && only !== undefined ? { SIGNALBOX_LOCK_TOKEN: String(only.token) } : {};
  return { ...short, ...(Object.fromEntries(each) as Record<string, string>) };
}
