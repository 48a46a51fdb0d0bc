import { compile, expandedYaml } from '@signalbox/compiler';
import type { Diagnostic, Plan } from '@signalbox/model';
import { planDifference } from './plan-difference.ts';
import { nameOf, requestFor } from './real-roots.ts';
import type { RealRoot } from './real-roots.ts';
import { REFUSED_ROOTS } from './refused-roots.ts';

/** What came of compiling a root and, where that went well, compiling its expanded YAML again. */
export type RootOutcome =
  /** Compiled, and its expanded YAML makes the same plan. */
  | { readonly kind: 'compiled' }
  /** Compiled, but its expanded YAML makes another plan, or none. */
  | { readonly kind: 'not idempotent'; readonly why: string }
  /** Refused as the service would refuse it. */
  | { readonly kind: 'rightly refused'; readonly why: string }
  /** Uses what this version has not got yet. */
  | { readonly kind: 'not supported'; readonly errors: readonly Diagnostic[] }
  /** Refused although it is used in production. */
  | { readonly kind: 'falsely refused'; readonly errors: readonly Diagnostic[] };

/** Compiles a root and says what came of it. */
export async function checkRoot(root: RealRoot): Promise<RootOutcome> {
  const result = await compile(requestFor(root));
  if (result.ok) return checkExpanded(root, result.plan);
  const errors = result.diagnostics.filter(({ severity }) => severity === 'error');
  const supported = errors.filter(({ code }) => code !== 'not-supported-yet');
  const codes = [...new Set(supported.map(({ code }) => code))].sort();
  const refused = REFUSED_ROOTS[nameOf(root)];
  if (refused !== undefined && refused.codes.join() === codes.join()) {
    return { kind: 'rightly refused', why: refused.reason };
  }
  return { kind: supported.length === 0 ? 'not supported' : 'falsely refused', errors };
}

async function checkExpanded(root: RealRoot, plan: Plan): Promise<RootOutcome> {
  const text = expandedYaml(plan);
  const { path, queueTimeVariables = {} } = requestFor(root);
  const again = await compile({ files: { read: async () => text }, path, queueTimeVariables });
  if (!again.ok) return { kind: 'not idempotent', why: again.diagnostics[0]?.message ?? 'refused' };
  if (expandedYaml(again.plan) !== text) return { kind: 'not idempotent', why: 'the text differs' };
  const difference = planDifference(plan, again.plan);
  return difference === undefined ? { kind: 'compiled' } : { kind: 'not idempotent', why: difference };
}
