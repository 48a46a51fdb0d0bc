/** Two to four parts; parts that were not written are absent, so 1.2 is not 1.2.0 (REC-111). */
export type Version = readonly number[];

const MAX_PART = 2_147_483_647;

/** Reads two to four dotted numbers; undefined when malformed or a part exceeds 32 bits. */
export function parseVersion(text: string): Version | undefined {
  const parts = text.split('.', 5);
  if (parts.length < 2 || parts.length > 4) return undefined;
  const numbers: number[] = [];
  for (const part of parts) {
    // .NET reads each part as an integer: white space around and a plus sign are allowed.
    if (!/^[ \t-\r]*\+?\d+[ \t-\r]*$/.test(part)) return undefined;
    const value = Number(part);
    if (value > MAX_PART) return undefined;
    numbers.push(value);
  }
  return numbers;
}

/** Part by part from the left; an absent part is below zero (REC-111). */
export function compareVersions(a: Version, b: Version): number {
  for (let index = 0; index < 4; index++) {
    const difference = (a[index] ?? -1) - (b[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return 0;
}
