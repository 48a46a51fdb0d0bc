import { builtInTask, type BuiltInTask } from '@signalbox/model';
import type { StepEnd, StepHandler, StepTry } from '../steps/step-handler.ts';

/**
 * The handler of a built-in task: title and inputs come from its definition. An input that is taken without effect is
 * told when the step gives it.
 */
export function builtIn(
  reference: `${string}@${number}`,
  run: (step: StepTry) => Promise<StepEnd>,
  parts?: StepHandler['parts'],
): StepHandler {
  const definition = definitionOf(reference);
  return {
    title: definition.title,
    definition,
    async run(step) {
      tellIgnored(definition, step);
      return run(step);
    },
    ...(parts !== undefined && { parts }),
  };
}

function definitionOf(reference: string): BuiltInTask {
  const [name = '', version = ''] = reference.split('@');
  const definition = builtInTask({ name, version });
  if (definition === undefined) throw new Error(`There is no definition of ${reference}.`);
  return definition;
}

function tellIgnored({ ignored }: BuiltInTask, step: StepTry): void {
  const given = new Set(Object.keys(step.given).map((name) => name.toLowerCase()));
  for (const name of ignored) {
    if (given.has(name.toLowerCase())) step.output.info(`The input "${name}" has no effect here.`);
  }
}
