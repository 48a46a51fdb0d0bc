/** What every page is given. */
export interface PageProps {
  /** What follows the name of the page in the address, for example the id of a run. */
  readonly rest: readonly string[];
}
