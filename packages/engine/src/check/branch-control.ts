import { branchesIn, fitsBranch, fold, fullRef, type BranchControlSettings } from '@signalbox/model';
import type { CheckFacts, CheckKind } from './kind.ts';
import { staticKind, type StaticProgress } from './static-kind.ts';

/** The branch control: every branch that goes into the run has to be allowed (CHK-61). */
export const branchControl: CheckKind<BranchControlSettings, StaticProgress, never> = staticKind({
  kind: 'branchControl',
  name: ({ displayName }) => (displayName === '' ? 'Branch control' : displayName),
  problemOf: (settings, facts) => {
    for (const source of sourcesOf(facts)) {
      const problem = problemWith(source, settings);
      if (problem !== undefined) return problem;
    }
    return undefined;
  },
});

/** Something that goes into the run, and where it comes from; without `ref` nobody knows. */
interface BranchSource {
  readonly what: string;
  readonly ref?: string;
}

/** The pipeline's own repository, the others that it declares, and the runs that it takes artifacts from. */
function sourcesOf({ branch, repositories, pipelines }: CheckFacts): readonly BranchSource[] {
  const others = repositories.filter(({ alias }) => fold(alias) !== 'self');
  return [
    { what: 'the repository of the pipeline', ref: branch },
    ...others.map(({ name, ref }) => ({ what: `the repository ${name}`, ref: fullRef(ref) })),
    ...pipelines.map(({ alias, branch: named }) => ({
      what: `the run of the pipeline resource ${alias}`,
      ...(named !== undefined && { ref: fullRef(named) }),
    })),
  ];
}

function problemWith(
  { what, ref }: BranchSource,
  { allowedBranches, ensureProtection, allowUnknownStatus, protectedBranches }: BranchControlSettings,
): string | undefined {
  const allowed = branchesIn(allowedBranches);
  if (ref === undefined) {
    if (allowed.length === 0 && (!ensureProtection || allowUnknownStatus)) return undefined;
    return `the branch of ${what} is not known; name it with "branch"`;
  }
  if (allowed.length > 0 && !allowed.some((pattern) => fitsBranch(pattern, ref))) {
    return `${what} is at ${ref}, which none of ${allowed.join(', ')} allows`;
  }
  if (!ensureProtection || allowUnknownStatus) return undefined;
  if (branchesIn(protectedBranches).some((pattern) => fitsBranch(pattern, ref))) return undefined;
  return `${what} is at ${ref}, of which it is not known whether it is protected: branch policies of Git hosts are not asked for`;
}
