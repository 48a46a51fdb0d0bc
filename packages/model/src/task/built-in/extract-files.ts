import { flagInput, textInput, type BuiltInTask } from '../task-definition.ts';

/** `ExtractFiles@1`. */
export const extractFiles: BuiltInTask = {
  id: '5e1e3830-fbfb-11e5-aab1-090c92bc4988',
  name: 'ExtractFiles',
  version: '1',
  title: 'Extract files',
  description: 'Unpacks archives: zip by itself, tar and 7z with the program of that name.',
  ignored: [],
  inputs: [
    textInput('archiveFilePatterns', { type: 'multiline', defaultValue: '**/*.zip' }),
    textInput('destinationFolder', { type: 'filepath', required: true }),
    flagInput('cleanDestinationFolder', 'true'),
    flagInput('overwriteExistingFiles', 'false'),
    textInput('pathToSevenZipTool'),
  ],
};
