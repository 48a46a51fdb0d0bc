/** Longest expression text, in UTF-16 units (EXPR-6). */
export const MAX_EXPRESSION_LENGTH = 21_000;

/** Nested calls and index brackets plus the leaf (EXPR-6, REC-101); it also bounds recursion over a tree. */
export const MAX_EXPRESSION_DEPTH = 50;

/** Longest text one function may build, checked before it is built: a doubling `replace` must not take the memory. */
export const MAX_RESULT_LENGTH = 1_048_576;

/** Text that all functions of one evaluation may build together, ten times the former; without it 2,000 calls could build 2 GiB. */
export const MAX_TOTAL_LENGTH = 10_485_760;

/**
 * Entries of collections that functions may look at, in one evaluation or in all that share an `Effort`; text counts,
 * too. A list of 10,000 that is searched once for each of its own items is a hundred million, and a million takes a fifth of a second.
 */
export const MAX_EFFORT = 5_000_000;

/** Characters of text that cost as much as one entry. */
export const CHARACTERS_PER_ENTRY = 10;

/** Deepest chain of variables that mention variables (VAR-7). */
export const MAX_MACRO_DEPTH = 50;

/** Text that macro expansion may build, for one text or for all variables together: sixteen files of full size. */
export const MAX_MACRO_TEXT_LENGTH = 16_777_216;

/** Deepest data that `fromData` takes; the service reads no deeper structures (REC-155). */
export const MAX_DATA_DEPTH = 100;

/** Most values that one JSON path may look at; repeated `..` would otherwise multiply without end. */
export const MAX_PATH_VALUES = 1_000_000;

/** Most errors reported for one expression; later ones mostly follow from the first. */
export const MAX_ERRORS = 10;
