/** One word: quoted parts, escaped characters, and what is neither white space nor those; an open quote is itself. */
const WORD = /(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s\\]|\\$)+/gs;

/** The parts of a word that lose their quotes or their backslash. */
const MARKED = /'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/gs;

/** The words of an `options` text as a shell would split them; quotes group, nothing is expanded. */
export function wordsOf(text: string): readonly string[] {
  return (text.match(WORD) ?? []).map((word) =>
    word.replace(MARKED, (_, single?: string, double?: string, escaped?: string) => {
      if (double !== undefined) return double.replaceAll(/\\(["\\$`])/g, '$1');
      return single ?? escaped ?? '';
    }),
  );
}
