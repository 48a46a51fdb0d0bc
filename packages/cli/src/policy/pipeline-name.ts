/** A pipeline with its folders, as a policy file writes it: `shop`, or `team/shop`. */
export function pipelineName({ path = '', name }: { readonly path?: string; readonly name: string }): string {
  const folders = path.split('\\').filter((folder) => folder !== '');
  return [...folders, name].join('/');
}
