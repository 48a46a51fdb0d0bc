import { textInput, type BuiltInTask } from '../task-definition.ts';

/** `DownloadSecureFile@1`. */
export const downloadSecureFile: BuiltInTask = {
  id: '2a6ca863-f2ce-4f4d-8bcb-15e64608ec4b',
  name: 'DownloadSecureFile',
  version: '1',
  title: 'Download secure file',
  description:
    'Brings a secure file of the library into the temporary folder until the job ends; sets the output `secureFilePath`.',
  ignored: ['retryCount', 'socketTimeout'],
  inputs: [
    textInput('secureFile', { type: 'securefile', required: true }),
    textInput('retryCount', { defaultValue: '8' }),
    textInput('socketTimeout'),
  ],
};
