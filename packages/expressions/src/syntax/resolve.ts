import type { ExpressionError, TextRange } from '../errors.ts';
import { findFunction, FUNCTIONS } from '../functions/catalog.ts';
import type { FunctionRecord } from '../functions/record.ts';
import { maxArgsIn, offers, titlesWhere, type Place } from '../place.ts';
import { didYouMean } from '../suggest.ts';
import { sameText } from '../values/fold.ts';
import { operatorHelp, wordOfOthers } from './words-of-others.ts';

/** What a word means in a place; with an error it means nothing there. */
export interface Resolved {
  /** In its proper spelling. */
  readonly name: string;
  readonly minArgs: number;
  readonly maxArgs: number;
  readonly error?: ExpressionError;
  /** Whether the error counts at once, or only if the rest of the text is in order (REC-104). */
  readonly whenMet: boolean;
}

/** A word without parentheses: a named value; a function's name wins over a loop variable (REC-23, REC-99). */
export function resolveName(
  word: string,
  range: TextRange,
  place: Place,
  names: readonly string[],
): Resolved {
  const record = findFunction(word);
  if (record !== undefined && offers(place, record)) {
    const message = `'${record.name}' is a function and needs parentheses`;
    return wrong(
      word,
      range,
      { code: 'function-needs-parentheses', message, help: `Write ${record.name}(…).` },
      true,
    );
  }
  const known = [...names, ...place.values];
  const found = known.find((name) => sameText(name, word));
  if (found !== undefined || place.unresolved === 'accept') return right(found ?? word, 0, Infinity);
  if (record !== undefined) return notHere(record.name, range, place, placesOf(record));
  const elsewhere = titlesWhere((other) => other.values.some((name) => sameText(name, word)));
  if (elsewhere.length > 0) return notHere(word, range, place, elsewhere);
  return unknown(word, range, 'unknown-name', nameHelp(word, known, place));
}

/** A word before a parenthesis: a function that the place offers. */
export function resolveFunction(word: string, range: TextRange, place: Place): Resolved {
  const record = findFunction(word);
  if (record !== undefined && offers(place, record)) {
    return right(record.name, record.minArgs, maxArgsIn(place, record));
  }
  if (place.unresolved === 'accept') return right(record?.name ?? word, 0, Infinity);
  if (record !== undefined) return notHere(record.name, range, place, placesOf(record));
  return unknown(word, range, 'unknown-function', functionHelp(word, place));
}

function right(name: string, minArgs: number, maxArgs: number): Resolved {
  return { name, minArgs, maxArgs, whenMet: false };
}

function wrong(name: string, range: TextRange, problem: Problem, whenMet = false): Resolved {
  const error = { ...problem, start: range.start, end: range.end };
  return { name, minArgs: 0, maxArgs: Infinity, error, whenMet };
}

type Problem = Pick<ExpressionError, 'code' | 'message' | 'help'>;

/** An unknown function and an unknown named value get the same words (REC-102). */
function unknown(
  word: string,
  range: TextRange,
  code: 'unknown-name' | 'unknown-function',
  help: string,
): Resolved {
  return wrong(word, range, { code, message: `Unrecognized value '${word.slice(0, 60)}'`, help });
}

/** The service says `Unrecognized value` here as well (REC-102); where it would be known is worth adding. */
function notHere(name: string, range: TextRange, place: Place, elsewhere: readonly string[]): Resolved {
  const message = `Unrecognized value '${name}': it is not available in ${place.title}`;
  const help = `It is available in ${elsewhere.join(', ')}.`;
  return wrong(name, range, { code: 'not-allowed-here', message, help });
}

function placesOf(record: FunctionRecord): readonly string[] {
  return titlesWhere((place) => offers(place, record));
}

function functionsOf(place: Place): readonly string[] {
  return FUNCTIONS.filter((record) => offers(place, record)).map((record) => record.name);
}

function nameHelp(word: string, known: readonly string[], place: Place): string {
  const offered = [...known, ...functionsOf(place)];
  return (
    quoteHelp(word) ||
    operatorHelp(word) ||
    didYouMean(word, offered) ||
    wordOfOthers(word, offered) ||
    `Known here: ${known.join(', ')}, and functions. Text stands in single quotes.`
  );
}

function functionHelp(word: string, place: Place): string {
  const offered = functionsOf(place);
  return (
    operatorHelp(word) ||
    didYouMean(word, offered) ||
    wordOfOthers(word, offered) ||
    `The functions here: ${offered.toSorted().join(', ')}.`
  );
}

function quoteHelp(word: string): string {
  if (/^["“‘`]/.test(word)) return "Text stands in single quotes: 'text'.";
  return /^null$/i.test(word) ? "There is no literal for null; use ''." : '';
}
