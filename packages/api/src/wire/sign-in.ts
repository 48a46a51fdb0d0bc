/** Why signing in by a link or at a provider came to nothing; the sign-in page says it. */
export type SignInRefusal =
  | 'expired'
  | 'oidc-off'
  | 'provider-down'
  | 'provider-failed'
  | 'denied'
  | 'not-begun'
  | 'too-late'
  | 'clock-skew'
  | 'answer-invalid'
  | 'not-allowed'
  | 'too-many-groups'
  | 'name-missing'
  | 'name-taken'
  | 'user-disabled';

/** What is wrong, and what to do about it; one sentence or two each. */
export interface SignInRefusalRow {
  readonly wrong: string;
  readonly mend: string;
}

/** Every refusal, in the order in which a sign-in may meet them. */
export const SIGN_IN_REFUSALS: Readonly<Record<SignInRefusal, SignInRefusalRow>> = {
  expired: {
    wrong: 'This sign-in link was used before, or is older than ten minutes.',
    mend: 'Sign in another way.',
  },
  'oidc-off': {
    wrong: 'This server signs nobody in by a provider.',
    mend: 'Sign in with a token. An operator starts the server with --oidc-issuer to change that.',
  },
  'provider-down': {
    wrong: 'The provider that signs people in cannot be reached.',
    mend: 'Try again in a minute. An operator finds the reason in the log of the server.',
  },
  'provider-failed': {
    wrong: 'The provider answered with an error.',
    mend: 'Try again. An operator finds what it said in the log of the server.',
  },
  denied: {
    wrong: 'The provider did not let you in, or you canceled there.',
    mend: 'Try again, or ask whoever runs the provider for access.',
  },
  'not-begun': {
    wrong: 'This sign-in was not begun in this browser, or it is over.',
    mend: 'Begin again here. Cookies must be allowed.',
  },
  'too-late': {
    wrong: 'This sign-in took more than ten minutes.',
    mend: 'Begin again.',
  },
  'clock-skew': {
    wrong: 'The clocks of the provider and of this server differ too much.',
    mend: 'Try again. An operator sets the clock of the server; a minute of difference is allowed.',
  },
  'answer-invalid': {
    wrong: 'The answer of the provider is not for this server, or was changed on its way.',
    mend: 'Begin again. An operator finds the reason in the log of the server.',
  },
  'not-allowed': {
    wrong: 'The provider knows you, but this server does not let you in.',
    mend: 'Ask an administrator which e-mail domains or groups are let in.',
  },
  'too-many-groups': {
    wrong: 'You are in more groups than the provider tells.',
    mend: 'An operator has the provider send only the groups of this application.',
  },
  'name-missing': {
    wrong: 'The provider did not say a name that a user may have.',
    mend: 'An operator chooses another claim with --oidc-name-claim.',
  },
  'name-taken': {
    wrong: 'Another user has your name here.',
    mend: 'Ask an administrator; the log of the server says whose name it is.',
  },
  'user-disabled': {
    wrong: 'Your user is disabled.',
    mend: 'Ask an administrator.',
  },
};

/** The refusal that a word stands for. */
export function signInRefusalNamed(word: string): SignInRefusalRow | undefined {
  return Object.entries(SIGN_IN_REFUSALS).find(([code]) => code === word)?.[1];
}
