import { fold, type LockPolicy, type SourceRange } from '@signalbox/model';

/** The kinds of resource that a policy file names, each by the key that begins its entry. */
export const POLICY_RESOURCE_KINDS = ['environment', 'stage', 'named'] as const;

/** One of `POLICY_RESOURCE_KINDS`. */
export type PolicyResourceKind = (typeof POLICY_RESOURCE_KINDS)[number];

/** What a lock of a policy file guards. */
export interface PolicyResource {
  readonly kind: PolicyResourceKind;
  /** Of a stage: `pipeline/Stage`, or `folder/pipeline/Stage`. */
  readonly name: string;
}

/** How a lock is to be, settings that the file leaves out included. */
export interface LockWish {
  readonly resource: PolicyResource;
  readonly policy: LockPolicy;
  readonly enabled: boolean;
}

/** A lock of a policy file, with the place of its entry. */
export interface PolicyLock extends LockWish {
  readonly at: SourceRange;
}

/** The same text for two spellings of one resource. */
export function policyResourceKey({ kind, name }: PolicyResource): string {
  return `${kind}:${fold(name)}`;
}
