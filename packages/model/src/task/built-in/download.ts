import { textInput, type BuiltInTask } from '../task-definition.ts';

/** `download:` as a task: internal to the service, and here. */
export const downloadTask: BuiltInTask = {
  id: '30f35852-3f7e-4c0c-9a88-e127b4f97211',
  name: 'Download',
  version: '1',
  title: 'Download artifacts',
  description: 'Fetches artifacts of this run, or of a pipeline resource.',
  ignored: [],
  inputs: [
    textInput('alias', { required: true }),
    textInput('artifact'),
    textInput('patterns', { defaultValue: '**' }),
    textInput('path'),
  ],
};
