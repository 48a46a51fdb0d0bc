import { flagInput, textInput, type BuiltInTask } from '../task-definition.ts';

/** `DeleteFiles@1`. */
export const deleteFiles: BuiltInTask = {
  id: 'b7e8b412-0437-4065-9371-edc5881de25b',
  name: 'DeleteFiles',
  version: '1',
  title: 'Delete files',
  description: 'Deletes files and folders that patterns choose.',
  ignored: [],
  inputs: [
    textInput('SourceFolder', { type: 'filepath' }),
    textInput('Contents', { type: 'multiline', defaultValue: 'myFileShare' }),
    flagInput('RemoveSourceFolder', 'false'),
    flagInput('RemoveDotFiles', 'false'),
  ],
};
