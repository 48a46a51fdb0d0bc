import { choiceInput, flagInput, textInput, type BuiltInTask } from '../task-definition.ts';

/** `PublishCodeCoverageResults@1`. */
export const publishCodeCoverageV1: BuiltInTask = {
  id: '2a7ebc54-c13e-490e-81a5-d7561ab7cd97',
  name: 'PublishCodeCoverageResults',
  version: '1',
  title: 'Publish code coverage results',
  description: 'Reads coverage files and shows their totals with the run.',
  ignored: [],
  inputs: [
    choiceInput('codeCoverageTool', ['JaCoCo', 'Cobertura']),
    textInput('summaryFileLocation', { required: true }),
    textInput('pathToSources'),
    textInput('reportDirectory'),
    textInput('additionalCodeCoverageFiles'),
    flagInput('failIfCoverageEmpty', 'false'),
  ],
};
