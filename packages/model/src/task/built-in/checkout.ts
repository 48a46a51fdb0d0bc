import { flagInput, textInput, type BuiltInTask } from '../task-definition.ts';

/** `checkout:` as a task. */
export const checkoutTask: BuiltInTask = {
  id: '6d15af64-176c-496d-b583-fd2ae21d4df4',
  name: 'Checkout',
  version: '1',
  title: 'Get sources',
  description: 'Gets the repository at the one commit of the run.',
  ignored: [],
  inputs: [
    textInput('repository', { defaultValue: 'self' }),
    textInput('clean'),
    textInput('fetchDepth'),
    textInput('fetchFilter'),
    textInput('fetchTags'),
    textInput('lfs'),
    textInput('path'),
    textInput('sparseCheckoutDirectories'),
    textInput('sparseCheckoutPatterns'),
    textInput('submodules'),
    flagInput('persistCredentials', 'false'),
    flagInput('workspaceRepo', 'false'),
  ],
};
