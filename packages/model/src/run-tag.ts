/** Longest tag of a run. */
const TAG_LENGTH = 400;

/** Why a text cannot be the tag of a run, as the end of a sentence; undefined when it can (LOG-31). */
export function tagProblem(text: string): string | undefined {
  const tag = text.trim();
  if (tag === '') return 'it is empty';
  const wrong = /[:,]/.exec(tag)?.[0];
  if (wrong !== undefined) return `'${wrong}' is not allowed in it`;
  // Control characters are what is looked for.
  if (/\p{Cc}/u.test(tag)) return 'it has control characters';
  return tag.length > TAG_LENGTH ? `it is longer than ${TAG_LENGTH} characters` : undefined;
}
