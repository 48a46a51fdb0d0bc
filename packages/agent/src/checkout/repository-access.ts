/** An address without its user and password, and what they become: a header for this host alone. */
export interface RepositoryAccess {
  readonly url: string;
  /** Settings of git; empty when the repository needs no password. */
  readonly config: Readonly<Record<string, string>>;
}
