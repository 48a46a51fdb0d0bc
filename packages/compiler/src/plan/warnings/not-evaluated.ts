import { macroNames } from '@signalbox/expressions';
import { fold, ownVariables } from '@signalbox/model';
import type { Plan } from '@signalbox/model';
import { quote } from '../../diagnostics.ts';
import type { Report } from '../../diagnostics.ts';
import type { MappingNode, Node, ScalarNode } from '../../read/node.ts';
import { valueOf } from '../key.ts';
import { toValue } from '../values.ts';
import type { StagePart } from './parts.ts';
import { valuesOf } from './sites.ts';

/** Texts that look like an expression at a place where nothing evaluates one. */
export function warnOfLiteralTexts(
  plan: Plan,
  stages: readonly StagePart[],
  root: MappingNode,
  report: Report,
): void {
  const declared = declaredIn(plan);
  const check = (node: Node | undefined): void => {
    if (node?.kind !== 'scalar') return;
    warnOfRunTime(node, report);
    warnOfContextMacro(node, declared, report);
  };
  for (const { node, jobs } of stages) {
    if (node !== undefined)
      valuesOf(valueOf(node, 'variables')).forEach((value) => warnOfMixedText(value, report));
    for (const job of jobs) {
      if (job.node !== root)
        valuesOf(valueOf(job.node, 'variables')).forEach((value) => warnOfMixedText(value, report));
      for (const step of job.steps) for (const text of textsOf(step)) check(text);
    }
  }
  valuesOf(valueOf(root, 'variables')).forEach((value) => warnOfMixedText(value, report));
}

/** The names of all variables of the file, wherever they are known. */
function declaredIn({ variables, stages }: Plan): ReadonlySet<string> {
  const levels = [
    variables,
    ...stages.flatMap((stage) => [stage.variables, ...stage.jobs.map((job) => job.variables)]),
  ];
  return new Set(levels.flatMap((level) => ownVariables(level).map(({ name }) => fold(name))));
}

/** What a step hands to its task: display name, inputs and environment. */
function textsOf(step: MappingNode): readonly (Node | undefined)[] {
  return step.entries.flatMap(({ key, value }) => {
    if (['inputs', 'env'].includes(key.text) && value.kind === 'mapping') {
      return value.entries.map((entry) => entry.value);
    }
    return ['condition', 'enabled', 'continueOnError', 'name'].includes(key.text) ? [] : [value];
  });
}

/** `$[ ]` is evaluated in variables and in few fields of jobs; a step gets it as text (VAR-3). */
function warnOfRunTime({ text, at }: ScalarNode, report: Report): void {
  if (typeof toValue(text) === 'string') return;
  const message = `Nothing evaluates ${quote(text)} here: the step gets it as it stands.`;
  report(
    'expression-not-evaluated',
    at,
    message,
    'Define a variable with it, and use the variable as `$(name)`.',
  );
}

/** The first `$[ ]` with a word in it. */
function runTimeText(text: string): string | undefined {
  let close = 0;
  for (let open = text.indexOf('$['); open >= 0; open = text.indexOf('$[', close)) {
    close = text.indexOf(']', open) + 1;
    if (close === 0) return undefined;
    const found = text.slice(open, close);
    if (/\w/.test(found)) return found;
  }
  return undefined;
}

/** In `variables` the expression must be the whole value (VAR-1). */
function warnOfMixedText({ text, at }: ScalarNode, report: Report): void {
  const found = runTimeText(text);
  if (found === undefined || typeof toValue(text) !== 'string') return;
  const message = `Nothing evaluates ${quote(found)} with text around it.`;
  report(
    'expression-not-evaluated',
    at,
    message,
    'Let the expression be the whole value, for example with `format`.',
  );
}

const CONTEXTS = /^(parameters|dependencies|stageDependencies|variables)[.[]/i;

/** Macros name variables; parameters are gone before anything runs (PARM-7, VAR-2). */
function warnOfContextMacro({ text, at }: ScalarNode, declared: ReadonlySet<string>, report: Report): void {
  if (!text.includes('$(')) return;
  for (const name of macroNames(text)) {
    const context = CONTEXTS.exec(name)?.[1];
    if (context === undefined || declared.has(fold(name))) continue;
    const help =
      fold(context) === 'parameters'
        ? `Write \`\${{ ${name} }}\`.`
        : fold(context) === 'variables'
          ? `Write \`$(${name.slice(10)})\`.`
          : `Define a variable with \`$[ ${name} ]\`, and use that.`;
    report('macro-of-expression', at, `\`$(${name})\` is no variable, so it stays as it stands.`, help);
  }
}
