import { minimatch } from 'minimatch';

/**
 * Which paths some patterns want, one pattern per line: each line adds what it matches, one that begins with `!` takes
 * away what it matches; blank lines and lines with `#` in front say nothing. No pattern at all wants everything.
 */
export function wantedBy(patterns: string): (path: string) => boolean {
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
