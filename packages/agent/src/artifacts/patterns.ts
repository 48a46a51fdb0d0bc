import { minimatch } from 'minimatch';

/**
 * Which files of an artifact some patterns want (ART-3): they begin with the name of the artifact, and where the
 * download names one artifact alone they need not.
 */
export function wantedOf(
  patterns: string,
  { artifact, alone }: { readonly artifact: string; readonly alone: boolean },
): (path: string) => boolean {
  const wants = wantedBy(patterns);
  return (path) => wants(`${artifact}/${path}`) || (alone && wants(path));
}

/**
 * Which paths some patterns want, one pattern per line: each line adds what it matches, one that begins with `!` takes
 * away what it matches; blank lines and lines with `#` in front say nothing. No pattern at all wants everything.
 */
function wantedBy(patterns: string): (path: string) => boolean {
  const lines = patterns
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (lines.length === 0) return () => true;
  const options = { dot: true, nocase: process.platform === 'win32', nocomment: true, nonegate: true };
  return (path) => {
    let isWanted = false;
    for (const line of lines) {
      const isTaken = line.startsWith('!');
      if (minimatch(path, isTaken ? line.slice(1).trim() : line, options)) isWanted = !isTaken;
    }
    return isWanted;
  };
}
