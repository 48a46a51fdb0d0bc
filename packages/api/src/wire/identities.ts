import type { IdentityRef } from './common.ts';

/** A person or a group as the identity service shows them. */
export interface WireIdentity extends IdentityRef {
  readonly providerDisplayName: string;
  readonly subjectDescriptor: string;
  readonly isActive: boolean;
  readonly isContainer: boolean;
  /** Descriptors. */
  readonly members: readonly string[];
}
