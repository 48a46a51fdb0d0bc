import { compile } from '@signalbox/compiler';
import type { Diagnostic } from '@signalbox/model';
import { nameOf, requestFor } from './real-roots.ts';
import type { RealRoot } from './real-roots.ts';
import { changeByExpanding } from './recompile.ts';
import { REFUSED_ROOTS } from './refused-roots.ts';

/** What came of compiling a root and, where that went well, of compiling its expanded YAML again. */
export type RootOutcome =
  | { readonly kind: 'compiled' }
  /** Its expanded YAML makes another plan, or none. */
  | { readonly kind: 'not idempotent'; readonly why: string }
  /** Refused as the service would refuse it. */
  | { readonly kind: 'rightly refused'; readonly why: string }
  /** Refused although it is used in production. */
  | { readonly kind: 'falsely refused'; readonly errors: readonly Diagnostic[] };

/** Compiles a root and says what came of it; compiling its expanded YAML again may be left out to save time. */
export async function checkRoot(root: RealRoot, again: boolean): Promise<RootOutcome> {
  const request = requestFor(root);
  const result = await compile(request);
  if (result.ok) {
    const why = again ? await changeByExpanding(result.plan, request) : undefined;
    return why === undefined ? { kind: 'compiled' } : { kind: 'not idempotent', why };
  }
  const errors = result.diagnostics.filter(({ severity }) => severity === 'error');
  const codes = [...new Set(errors.map(({ code }) => code))].sort();
  const refused = REFUSED_ROOTS[nameOf(root)];
  return refused !== undefined && refused.codes.join() === codes.join()
    ? { kind: 'rightly refused', why: refused.reason }
    : { kind: 'falsely refused', errors };
}
