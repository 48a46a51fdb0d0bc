const TOKENS = [
  '[skip ci]',
  '[ci skip]',
  'skip-checks: true',
  'skip-checks:true',
  '[skip azurepipelines]',
  '[azurepipelines skip]',
  '[skip azpipelines]',
  '[azpipelines skip]',
  '[skip azp]',
  '[azp skip]',
  '***no_ci***',
] as const;

/** The words in a commit's message that ask for no run; undefined: there are none (TRIG-11). Letter case does not count. */
export function skipToken(message: string): string | undefined {
  const text = message.toLowerCase();
  return TOKENS.find((token) => text.includes(token));
}
