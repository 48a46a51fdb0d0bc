export * from './agent-version.ts';
export * from './built-in/built-in-tasks.ts';
export { nodeHandler, whyNotRunnable } from './choose-handler.ts';
export * from './complete-inputs.ts';
export * from './read-task-manifest.ts';
export * from './resolve-task.ts';
export * from './task-definition.ts';
