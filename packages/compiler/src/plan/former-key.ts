import { quote } from '../diagnostics.ts';
import type { Span } from '../read/source-file.ts';
import type { Scope } from './key.ts';

/** Warns of a key of the first preview of the language, which still means the same as a newer one. */
export function warnOfFormerKey(former: string, now: string, at: Span, scope: Scope): void {
  scope.report(
    'former-key',
    at,
    `${quote(former)} is the former word for ${quote(now)}.`,
    `Write \`${now}\`.`,
  );
}
