import { choiceInput, flagInput, textInput, type BuiltInTask } from '../task-definition.ts';

/** `Docker@2`. */
export const dockerTask: BuiltInTask = {
  id: 'e28912f1-0114-4464-802a-a3a35437fd16',
  name: 'Docker',
  version: '2',
  title: 'Docker',
  description: 'Builds, pushes, starts and stops containers with the `docker` program.',
  wraps: 'docker',
  ignored: ['addBaseImageData'],
  inputs: [
    textInput('containerRegistry', { type: 'connectedservice:dockerregistry' }),
    textInput('repository', { conditional: true }),
    choiceInput('command', ['buildAndPush', 'build', 'push', 'login', 'logout', 'start', 'stop']),
    textInput('Dockerfile', { type: 'filepath', defaultValue: '**/Dockerfile', conditional: true }),
    textInput('buildContext', { type: 'filepath', defaultValue: '**', conditional: true }),
    textInput('tags', { type: 'multiline', defaultValue: '$(Build.BuildId)', conditional: true }),
    textInput('arguments', { conditional: true }),
    flagInput('addPipelineData', 'true'),
    flagInput('addBaseImageData', 'true'),
    textInput('container', { conditional: true }),
  ],
};
