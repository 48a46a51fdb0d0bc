/** The process answers. */
export interface HealthView {
  readonly status: 'alive';
}

/** Whether runs can move: 503 when they cannot. */
export interface ReadyView {
  readonly status: 'ready' | 'notReady';
  readonly database: 'writable' | 'not writable';
  readonly dispatcher: 'working' | 'silent';
}

/** What the page asks before it knows anything. */
export interface WebConfigView {
  readonly organization: string;
  /** The provider that signs people in, if there is one: what its button says, and where it leads. */
  readonly signIn?: { readonly label: string; readonly url: string };
}
