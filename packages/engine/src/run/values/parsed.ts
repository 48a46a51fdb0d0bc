import { parse, parseCondition, referencedNames, type ParseResult } from '@signalbox/expressions';

// A hand-off decides the same conditions over the same variables in every message of a run. Profiled on
// 2026-11-22 (2 cores, store in memory, hand-offs and queued runs): the mail of runs took 29 % of a worker's
// time, most of it to build scopes that nothing read or that could not have changed; without those, 17 %.

/** Texts remembered at most for each place: far more than the pipelines of one project have, and a few megabytes. */
const MOST_TEXTS = 2000;

/** One function of a text for each place, which remembers its last results; pure, so that nobody can tell. */
function byText(compute: (text: string | undefined) => ParseResult): typeof compute {
  const known = new Map<string | undefined, ParseResult>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const result = compute(text);
    // To start over is simpler than to find the oldest, and as rare as the texts are many.
    if (known.size >= MOST_TEXTS) known.clear();
    known.set(text, result);
    return result;
  };
}

const conditions = {
  stageCondition: byText((text) => parseCondition(text, 'stageCondition')),
  jobCondition: byText((text) => parseCondition(text, 'jobCondition')),
};

const expressions = {
  rootVariable: byText((text) => parse(text ?? '', 'rootVariable')),
  variable: byText((text) => parse(text ?? '', 'variable')),
};

/** `parseCondition`, once for each text. */
export function parsedCondition(
  text: string | undefined,
  place: 'stageCondition' | 'jobCondition',
): ParseResult {
  return conditions[place](text);
}

/** `parse`, once for each text. */
export function parsedExpression(text: string, place: 'rootVariable' | 'variable'): ParseResult {
  return expressions[place](text);
}

/** False when an expression names no context at all, as `succeeded()` does: then nobody need build one. */
export function readsContexts(parsed: ParseResult): boolean {
  return parsed.ok && referencedNames(parsed.tree).references.length > 0;
}
