import type { CompileRequest, FileProvider } from '@signalbox/compiler';
import { checkedFolder, filesBelow } from './pipeline-finder.ts';

/**
 * The repositories that `--repository` gave: folders by alias or by name, letter case aside. The files are those on
 * disk, whatever `ref` says.
 */
export async function localRepositories(
  given: Readonly<Record<string, string>>,
): Promise<NonNullable<CompileRequest['repositories']>> {
  const folders = new Map<string, FileProvider>();
  for (const [name, folder] of Object.entries(given)) {
    folders.set(name.toLowerCase(), filesBelow(await checkedFolder(folder, '--repository')));
  }
  return async ({ alias, name }) => {
    const files = folders.get(alias.toLowerCase()) ?? folders.get(name.toLowerCase());
    if (files !== undefined) return files;
    return { unavailable: `Give its files: \`--repository ${alias}=FOLDER\`.` };
  };
}
