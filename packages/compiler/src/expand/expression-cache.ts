import { parse } from '@signalbox/expressions';
import type { ParseResult } from '@signalbox/expressions';

/** Parsed template expressions: those in loops and templates are met again and again. */
export interface ExpressionCache {
  parse(text: string, loops: readonly string[]): ParseResult;
}

/** An empty cache. */
export function newExpressionCache(): ExpressionCache {
  const parsed = new Map<string, ParseResult>();
  return {
    parse(text, loops) {
      const key = `${loops.join(' ')} ${text}`;
      const known = parsed.get(key);
      if (known !== undefined) return known;
      const result = parse(text, 'template', loops);
      parsed.set(key, result);
      return result;
    },
  };
}
