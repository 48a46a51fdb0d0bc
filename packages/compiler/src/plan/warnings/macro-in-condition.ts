import { macroNames } from '@signalbox/expressions';
import type { Report } from '../../diagnostics.ts';
import { literalText, partsOfExpression } from './expression-parts.ts';
import type { Site } from './sites.ts';

/** Nothing replaces macros in conditions: text with `$(x)` is compared as it stands (VAR-10). */
export function warnOfMacro({ what, tree, at }: Site, report: Report): void {
  if (what !== 'condition') return;
  for (const part of partsOfExpression(tree)) {
    const [name] = macroNames(literalText(part) ?? '');
    if (name === undefined) continue;
    const message = `\`$(${name})\` is not replaced in a condition: the text is compared as it stands.`;
    report('macro-in-condition', at, message, `Read the variable: \`variables['${name}']\`.`);
  }
}
