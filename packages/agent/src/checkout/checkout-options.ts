import { fold } from '@signalbox/model';
import type { StepInputs } from '../steps/inputs.ts';

/** What of the repository is put into the folder (CO-3). */
export type Sparse =
  /** Whole directories: git's cone mode. */
  | { readonly kind: 'directories'; readonly list: readonly string[] }
  | { readonly kind: 'patterns'; readonly list: readonly string[] };

/** The options of a `checkout` step (CO-3). */
export interface CheckoutOptions {
  readonly clean: boolean;
  /** Commits; 0: all. */
  readonly depth: number;
  readonly tags: boolean;
  /** A partial clone, in git's words: `blob:none`, `tree:0`. */
  readonly filter?: string;
  readonly lfs: boolean;
  readonly submodules: 'none' | 'one' | 'all';
  readonly persistCredentials: boolean;
  /** Absent: everything. */
  readonly sparse?: Sparse;
}

/** What git takes as a filter of objects; an option in disguise is none (TH12). */
const FILTER = /^[a-z]+[a-z0-9:=+%/._-]*$/i;

/** Reads the options, or says which one is wrong. */
export function checkoutOptions(inputs: StepInputs): CheckoutOptions | { readonly problem: string } {
  const depth = Number(inputs.text('fetchDepth') || '1');
  if (!Number.isInteger(depth) || depth < 0 || depth > 2_147_483_647) {
    return { problem: 'The input "fetchDepth" must be a number: 0 for all commits, or how many.' };
  }
  const submodules = submodulesOf(inputs.text('submodules'));
  if (submodules === undefined)
    return { problem: 'The input "submodules" must be true, recursive or false.' };
  const filter = inputs.text('fetchFilter');
  if (filter !== '' && !FILTER.test(filter)) {
    return { problem: 'The input "fetchFilter" must be a filter of git, for example blob:none.' };
  }
  const sparse = sparseOf(inputs);
  return {
    clean: inputs.isTrue('clean'),
    depth,
    tags: inputs.isTrue('fetchTags'),
    ...(filter === '' ? {} : { filter }),
    lfs: inputs.isTrue('lfs'),
    submodules,
    persistCredentials: inputs.isTrue('persistCredentials'),
    ...(sparse === undefined ? {} : { sparse }),
  };
}

function submodulesOf(text: string): CheckoutOptions['submodules'] | undefined {
  switch (fold(text)) {
    case '':
    case 'false':
      return 'none';
    case 'true':
      return 'one';
    case 'recursive':
      return 'all';
    default:
      return undefined;
  }
}

/** Directories win over patterns; both are lists with white space between. */
function sparseOf(inputs: StepInputs): Sparse | undefined {
  for (const [kind, name] of [
    ['directories', 'sparseCheckoutDirectories'],
    ['patterns', 'sparseCheckoutPatterns'],
  ] as const) {
    const list = inputs
      .text(name)
      .split(/\s+/)
      .filter((one) => one !== '');
    if (list.length > 0) return { kind, list };
  }
  return undefined;
}
