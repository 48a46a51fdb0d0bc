import { MAX_MACRO_TEXT_LENGTH } from '../limits.ts';

/** The value of a variable by name, undefined when there is none; names ignore case (REC-89). */
export type VariableLookup = (name: string) => string | undefined;

/** A piece of text with macros: literal text, or the name between `$(` and `)`. */
type MacroPart = { readonly text: string } | { readonly name: string; readonly source: string };

/**
 * Replaces every `$(name)` from left to right in one pass. What is inserted is not scanned again, so of
 * `$(a$(b))` only the inner macro is expanded; unknown names stay as they are (VAR-8, REC-178), and so does a
 * macro whose value would take the text beyond MAX_MACRO_TEXT_LENGTH.
 */
export function expandMacros(text: string, lookup: VariableLookup): string {
  let result = '';
  for (const part of macroParts(text)) {
    if ('text' in part) {
      result += part.text;
      continue;
    }
    const value = lookup(part.name) ?? part.source;
    result += result.length + value.length > MAX_MACRO_TEXT_LENGTH ? part.source : value;
  }
  return result;
}

/** The names between `$(` and `)`, each once, in order of appearance. */
export function macroNames(text: string): readonly string[] {
  const names = new Set<string>();
  for (const part of macroParts(text)) if ('name' in part) names.add(part.name);
  return [...names];
}

/**
 * Cuts a text at its macros. A `)` closes the nearest `$(` before it: that is the left-to-right reading in linear
 * time, because a name with `$(` in it does not exist, so an outer `$(` could never match first.
 */
export function* macroParts(text: string): Generator<MacroPart> {
  let done = 0;
  let open = -1;
  for (let index = text.indexOf('$('); index >= 0 && index < text.length; index++) {
    if (text.charAt(index) === '$' && text.charAt(index + 1) === '(') open = index;
    if (text.charAt(index) !== ')' || open < done) continue;
    if (open > done) yield { text: text.slice(done, open) };
    yield { name: text.slice(open + 2, index), source: text.slice(open, index + 1) };
    done = index + 1;
  }
  if (done < text.length) yield { text: text.slice(done) };
}
