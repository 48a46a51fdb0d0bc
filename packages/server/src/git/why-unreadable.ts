/** What git says, and what it means to whoever named the repository. */
const MEANINGS: readonly (readonly [said: RegExp, means: string])[] = [
  [
    /could not read (Username|Password)|terminal prompts disabled/i,
    'It is private, or there is none at this address; a private one needs a user name and a token that may read it.',
  ],
  [
    /Authentication failed|Permission denied|Access denied|error: 40[13]|Invalid username or (password|token)/i,
    'The host refuses access; check the user name, and that the token is still good and may read it.',
  ],
  [
    /repository .*not found|not appear to be a git repository|error: 404|repository .*does not exist/i,
    'There is none at this address, or it is private and needs a user name and a token.',
  ],
  [/Could not resolve host/i, 'The server finds no host of that name.'],
  [
    /Failed to connect|Connection (refused|timed out)|unable to access|did not answer in time/i,
    'The server does not reach the host.',
  ],
];

/** Why a repository cannot be read, in one or two plain sentences, with what git said at the end. */
export function whyUnreadable(said: string): string {
  const means = MEANINGS.find(([pattern]) => pattern.test(said))?.[1];
  return means === undefined
    ? `The repository cannot be read: ${said}`
    : `The repository cannot be read. ${means} (git: ${said})`;
}
