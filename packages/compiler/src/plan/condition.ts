import { parse } from '@signalbox/expressions';
import type { PlaceName } from '@signalbox/expressions';
import { quote } from '../diagnostics.ts';
import type { Span } from '../read/source-file.ts';
import type { Key, Scope } from './key.ts';
import { TEXT } from './shape.ts';
import { readScalar } from './values.ts';

/** `condition`: parsed at compile time, evaluated when the node could start (REC-137). Nothing means the default. */
export function conditionKey(place: PlaceName): Key<string> {
  return {
    summary: 'An expression that decides whether this runs; without it `succeeded()`.',
    shape: TEXT,
    read(node, scope) {
      const scalar = readScalar(node, scope);
      const text = scalar?.text.trim();
      if (scalar === undefined || text === undefined || text === '') return undefined;
      checkExpression(text, place, scalar.at, scope);
      return text;
    },
  };
}

/** Reports what is wrong with an expression: at the scalar that holds it, with the position inside it (REC-146). */
export function checkExpression(text: string, place: PlaceName, at: Span, scope: Scope): void {
  const parsed = parse(text, place);
  if (parsed.ok) return;
  // Of text that is no expression as a whole, one mistake is enough.
  const wrapped = /^\$[[({]/.test(text);
  for (const { message, help, start } of wrapped ? parsed.errors.slice(0, 1) : parsed.errors) {
    const where = `at position ${start + 1} of ${quote(text)}`;
    const better = wrapped ? 'Write the expression alone, without `$[ ]` or `$( )` around it.' : help;
    scope.report('expression-invalid', at, `${message} (${where}).`, better === '' ? undefined : better);
  }
}
