import type { Generated } from 'kysely';

/** Users: people and services. */
export interface UserTable {
  id: Generated<number>;
  folded: string;
  name: string;
  display_name: string;
  mail: string;
  kind: 'person' | 'service';
  active: number;
  issuer: string | null;
  subject: string | null;
  created_at: number;
}

/** Groups of them. */
export interface GroupTable {
  folded: string;
  name: string;
  description: string;
  created_at: number;
}

/** Who is in which group. */
export interface GroupMemberTable {
  group_folded: string;
  kind: 'user' | 'group';
  folded: string;
  name: string;
}

/** Who has which role where; project 0 is the organisation. */
export interface RoleTable {
  id: Generated<number>;
  project: number;
  type: string;
  resource: string;
  kind: 'user' | 'group';
  folded: string;
  name: string;
  role: string;
}

/** Tokens, without their secrets. */
export interface TokenTable {
  id: Generated<number>;
  hash: string;
  name: string;
  scope: string;
  project: number | null;
  pool: number | null;
  account: number | null;
  created_at: number;
  expires_at: number | null;
  last_used_at: number | null;
  revoked_at: number | null;
}

/** Sessions and sign-in codes. */
export interface SecretTable {
  hash: string;
  token: number;
  created_at: number;
  expires_at: number;
}
