import type { WireTime } from '../views.ts';
import type { IdentityRef } from './common.ts';

/** A task package as it is read, in the words of its task.json. */
export interface WireTask {
  readonly id: string;
  readonly name: string;
  readonly friendlyName: string;
  readonly description: string;
  readonly author: string;
  readonly version: {
    readonly major: number;
    readonly minor: number;
    readonly patch: number;
    readonly isTest: false;
  };
  readonly runsOn: readonly string[];
  readonly demands: readonly string[];
  readonly minimumAgentVersion: string;
  readonly inputs: readonly {
    readonly name: string;
    readonly aliases: readonly string[];
    readonly label: string;
    readonly type: string;
    readonly defaultValue: string;
    readonly required: boolean;
  }[];
  readonly contentsUploaded: true;
  readonly hostType: 'Agent';
  /** Bytes of its zip, and the SHA-256 by which agents fetch it. */
  readonly packageSize: number;
  readonly packageSha256: string;
  readonly installedBy: IdentityRef;
  readonly installedOn: WireTime;
}

/** A secure file as it is read: never with its content. */
export interface WireSecureFile {
  readonly id: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly createdBy: IdentityRef;
  readonly createdOn: WireTime;
}
