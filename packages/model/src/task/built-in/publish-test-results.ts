import { choiceInput, flagInput, textInput, type BuiltInTask } from '../task-definition.ts';

/** `PublishTestResults@2`. */
export const publishTestResults: BuiltInTask = {
  id: '0b0f01ed-7dde-43ff-9cbb-e48954daf9b1',
  name: 'PublishTestResults',
  version: '2',
  title: 'Publish test results',
  description: 'Reads result files of test programs and shows them with the run.',
  ignored: [],
  inputs: [
    choiceInput('testRunner', ['JUnit', 'NUnit', 'VSTest', 'XUnit', 'CTest'], {
      aliases: ['testResultsFormat'],
    }),
    textInput('testResultsFiles', { type: 'multiline', defaultValue: '**/TEST-*.xml' }),
    textInput('searchFolder', { defaultValue: '$(System.DefaultWorkingDirectory)' }),
    flagInput('mergeTestResults', 'false'),
    flagInput('failTaskOnFailedTests', 'false'),
    flagInput('failTaskOnFailureToPublishResults', 'false'),
    flagInput('failTaskOnMissingResultsFile', 'false'),
    textInput('testRunTitle'),
    textInput('platform', { aliases: ['buildPlatform'] }),
    textInput('configuration', { aliases: ['buildConfiguration'] }),
    flagInput('publishRunAttachments', 'true'),
  ],
};
