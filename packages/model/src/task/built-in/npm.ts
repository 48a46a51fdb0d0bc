import { choiceInput, flagInput, textInput, type BuiltInTask } from '../task-definition.ts';

/** `Npm@1`. */
export const npmTask: BuiltInTask = {
  id: 'fe47e961-9fa8-4106-8639-368c022d43ad',
  name: 'Npm',
  version: '1',
  title: 'npm',
  description: 'Runs `npm install`, `npm ci`, `npm publish` or another npm command.',
  wraps: 'npm',
  ignored: [],
  inputs: [
    choiceInput('command', ['install', 'ci', 'publish', 'custom']),
    textInput('workingDir', { type: 'filepath' }),
    flagInput('verbose', 'false'),
    textInput('customCommand', { required: true, conditional: true }),
    choiceInput('customRegistry', ['useNpmrc', 'useFeed']),
    textInput('customFeed', { type: 'picklist', required: true, conditional: true }),
    textInput('customEndpoint', { type: 'connectedservice:externalnpmregistry', conditional: true }),
    choiceInput('publishRegistry', ['useExternalRegistry', 'useFeed']),
    textInput('publishFeed', { type: 'picklist', required: true, conditional: true }),
    flagInput('publishPackageMetadata', 'true', { conditional: true }),
    textInput('publishEndpoint', {
      type: 'connectedservice:externalnpmregistry',
      required: true,
      conditional: true,
    }),
  ],
};
