import { isTrue, type CommandHandler } from './command-target.ts';

/** `task.settaskvariable`: for the other parts of the same task, before or after the step (LOG-16). */
export const setTaskVariable: CommandHandler = (command, target) => {
  const name = command.properties.get('variable')?.trim() ?? '';
  if (name === '') return 'The property "variable" is missing.';
  const wasSet = target.taskVariables.set({
    name,
    value: command.data,
    secret: isTrue(command, 'issecret'),
    readonly: isTrue(command, 'isreadonly'),
  });
  return wasSet ? undefined : `The task variable "${name}" is read-only and keeps its value.`;
};
