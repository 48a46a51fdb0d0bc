import type { Expression } from '@signalbox/expressions';
import { fold, ownVariables } from '@signalbox/model';
import type { Plan, Value } from '@signalbox/model';
import { quote } from '../../diagnostics.ts';
import type { Report } from '../../diagnostics.ts';
import { literalText, partsOfExpression, variableName } from './expression-parts.ts';
import type { Site } from './sites.ts';

const TRUTH_FUNCTIONS: ReadonlySet<string> = new Set(['and', 'or', 'not', 'xor']);

/** What expressions give that answer yes or no; a variable keeps the answer as text (EXPR-41). */
const ANSWER =
  /^(and|or|not|xor|eq|ne|gt|ge|lt|le|in|notin|contains|containsvalue|startswith|endswith)\s*\(/i;

/**
 * Text counts as true whenever it is not empty, even when it says `false` (EXPR-20), and variables are text (EXPR-10).
 * To ask whether there is a text at all is good style: only what says true or false is meant otherwise.
 */
export function warnOfText(site: Site, answers: ReadonlySet<string>, report: Report): void {
  const tested = site.what === 'condition' ? [site.tree] : [];
  for (const part of partsOfExpression(site.tree)) {
    if (part.type === 'call' && TRUTH_FUNCTIONS.has(part.name)) tested.push(...part.args);
  }
  for (const part of tested) warnOfPart(part, site.at, answers, report);
}

/** The folded names of the variables of the file that say true or false. */
export function answersIn({ variables, stages }: Plan): ReadonlySet<string> {
  const levels = [
    variables,
    ...stages.flatMap((stage) => [stage.variables, ...stage.jobs.map((job) => job.variables)]),
  ];
  const found = levels.flatMap((level) => ownVariables(level).filter(({ value }) => isAnswer(value)));
  return new Set(found.map(({ name }) => fold(name)));
}

function isAnswer(value: Value): boolean {
  return typeof value === 'string' ? saysTruth(value) : ANSWER.test(value.expression);
}

function saysTruth(text: string): boolean {
  return ['true', 'false'].includes(fold(text.trim()));
}

function warnOfPart(part: Expression, at: Site['at'], answers: ReadonlySet<string>, report: Report): void {
  const text = literalText(part);
  if (text !== undefined && saysTruth(text)) {
    const message = `The text ${quote(text)} always counts as true.`;
    report('text-as-condition', at, message, 'Leave out the quotes, or compare with `eq`.');
  }
  const name = variableName(part);
  if (name === undefined || !answers.has(fold(name))) return;
  const message = `The variable ${quote(name)} is text: it counts as true even when it says 'false'.`;
  report('text-as-condition', at, message, `Compare it: \`eq(variables['${name}'], 'true')\`.`);
}
