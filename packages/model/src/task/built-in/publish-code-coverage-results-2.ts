import { flagInput, textInput, type BuiltInTask } from '../task-definition.ts';

/** `PublishCodeCoverageResults@2`. */
export const publishCodeCoverageV2: BuiltInTask = {
  id: '2a7ebc54-c13e-490e-81a5-d7561ab7cd97',
  name: 'PublishCodeCoverageResults',
  version: '2',
  title: 'Publish code coverage results',
  description: 'Reads coverage files and shows their totals with the run.',
  ignored: [],
  inputs: [
    textInput('summaryFileLocation', { type: 'multiline', required: true }),
    textInput('pathToSources'),
    flagInput('failIfCoverageEmpty', 'false'),
  ],
};
