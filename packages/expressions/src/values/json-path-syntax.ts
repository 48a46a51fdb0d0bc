import { booleanValue, NULL, numberValue, stringValue, type Value } from './value.ts';

/** One step of a path: what to pick from each value found so far, or from it and all below it. */
export interface Selector {
  readonly deep: boolean;
  readonly pick: Pick;
}

/** What a step picks. */
export type Pick =
  | { readonly kind: 'all' }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | {
      readonly kind: 'filter';
      readonly names: readonly string[];
      readonly operator?: FilterOperator;
      readonly operand: Value;
    };

/** The comparisons of filters. */
export type FilterOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';

/** The steps of a path after its `$`; undefined when something in it cannot be read. */
export function parsePath(path: string): readonly Selector[] | undefined {
  if (!path.startsWith('$')) return undefined;
  const selectors: Selector[] = [];
  let at = 1;
  while (at < path.length) {
    const step = stepAt(path, at);
    if (step === undefined) return undefined;
    selectors.push(step.selector);
    at = step.end;
  }
  return selectors;
}

interface Step {
  readonly selector: Selector;
  readonly end: number;
}

const DOTTED = /(\.\.?)(?:(\*)|([\w-]+))/y;
const BRACKET = /(\.\.)?\[ *(?:(\*)|(-?\d{1,9})|'([^']*)'|"([^"]*)"|\?\(([^()]*)\)) *\]/y;
const FILTER =
  /^ *@((?:\.[\w-]+)+) *(?:(==|!=|<=|>=|<|>) *(?:'([^']*)'|"([^"]*)"|(-?\d+(?:\.\d+)?)|(true|false|null)))? *$/;

function stepAt(path: string, at: number): Step | undefined {
  DOTTED.lastIndex = at;
  const dotted = DOTTED.exec(path);
  if (dotted !== null) {
    const [text, dots, star, name = ''] = dotted;
    const pick: Pick = star === undefined ? { kind: 'name', name } : { kind: 'all' };
    return { selector: { deep: dots === '..', pick }, end: at + text.length };
  }
  BRACKET.lastIndex = at;
  const bracket = BRACKET.exec(path);
  const pick = bracket === null ? undefined : bracketPick(bracket);
  if (bracket === null || pick === undefined) return undefined;
  return { selector: { deep: bracket[1] !== undefined, pick }, end: at + bracket[0].length };
}

function bracketPick([, , star, index, single, double, filter]: RegExpExecArray): Pick | undefined {
  if (star !== undefined) return { kind: 'all' };
  if (index !== undefined) return { kind: 'index', index: Number(index) };
  return filter === undefined ? { kind: 'name', name: single ?? double ?? '' } : filterPick(filter);
}

function filterPick(filter: string): Pick | undefined {
  const match = FILTER.exec(filter);
  if (match === null) return undefined;
  const [, path = '', operator, single, double, number, word] = match;
  const names = path.slice(1).split('.');
  if (operator === undefined) return { kind: 'filter', names, operand: NULL };
  const operand =
    number === undefined ? wordOrText(word, single ?? double ?? '') : numberValue(Number(number));
  return { kind: 'filter', names, operator: operator as FilterOperator, operand };
}

function wordOrText(word: string | undefined, text: string): Value {
  if (word === undefined) return stringValue(text);
  return word === 'null' ? NULL : booleanValue(word === 'true');
}
