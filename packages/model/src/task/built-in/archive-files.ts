import { choiceInput, flagInput, textInput, type BuiltInTask } from '../task-definition.ts';

/** `ArchiveFiles@2`. */
export const archiveFiles: BuiltInTask = {
  id: 'd8b84976-e99a-4b86-b885-4849694435b0',
  name: 'ArchiveFiles',
  version: '2',
  title: 'Archive files',
  description: 'Packs a file or a folder: zip by itself, tar and 7z with the program of that name.',
  ignored: [],
  inputs: [
    textInput('rootFolderOrFile', { type: 'filepath', defaultValue: '$(Build.BinariesDirectory)' }),
    flagInput('includeRootFolder', 'true'),
    choiceInput('archiveType', ['zip', '7z', 'tar', 'wim']),
    choiceInput('sevenZipCompression', ['normal', 'ultra', 'maximum', 'fast', 'fastest', 'none'], {
      conditional: true,
    }),
    choiceInput('tarCompression', ['gz', 'bz2', 'xz', 'none'], { conditional: true }),
    textInput('archiveFile', {
      type: 'filepath',
      defaultValue: '$(Build.ArtifactStagingDirectory)/$(Build.BuildId).zip',
    }),
    flagInput('replaceExistingArchive', 'true'),
    flagInput('verbose', 'false'),
    flagInput('quiet', 'false'),
  ],
};
