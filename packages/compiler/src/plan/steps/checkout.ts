import type { Shortcut } from './shortcut.ts';

/** `checkout` (CO-1 … CO-3). */
export const checkout: Shortcut = {
  key: 'checkout',
  summary: 'Fetches a repository: `self`, the alias of a repository resource, or `none`.',
  task: { name: 'Checkout', version: '1' },
  id: '6d15af64-176c-496d-b583-fd2ae21d4df4',
  input: 'repository',
  fixed: {},
  extras: {
    clean: { summary: 'True removes everything that is not in the repository.' },
    fetchDepth: { summary: 'How many commits are fetched; 0 means all.' },
    fetchTags: { summary: 'Whether tags are fetched.' },
    fetchFilter: { summary: 'A filter for a partial clone.' },
    lfs: { summary: 'Whether Git LFS files are fetched.' },
    submodules: { summary: '`true` or `recursive` fetches submodules.' },
    path: { summary: "The folder, relative to the job's own." },
    persistCredentials: { summary: 'True leaves the credentials for later steps.' },
    sparseCheckoutDirectories: { summary: 'Only these folders.' },
    sparseCheckoutPatterns: { summary: 'Only files that match.' },
    workspaceRepo: { summary: 'True makes this the folder in which steps start.' },
  },
};

/** The task's name in a plan. */
export const CHECKOUT_TASK: string = checkout.task.name;
