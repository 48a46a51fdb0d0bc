import { textInput, type BuiltInTask } from '../task-definition.ts';

/** `Cache@2`. */
export const cacheTask: BuiltInTask = {
  id: 'd53ccab4-555e-4494-9d06-11db043fb4a9',
  name: 'Cache',
  version: '2',
  title: 'Cache',
  description: 'Restores a folder by a key, and keeps it under the key when the job ends.',
  ignored: [],
  inputs: [
    textInput('key', { required: true }),
    textInput('path', { type: 'filepath', required: true }),
    textInput('cacheHitVar'),
    textInput('restoreKeys', { type: 'multiline' }),
  ],
};
