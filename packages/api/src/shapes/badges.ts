import type { WireBuild } from '../wire/build.ts';

/** What the pictures of how runs ended are asked by. */
interface BadgeQuery {
  /** Runs of this branch; absent: of the default one. */
  readonly branchName?: string;
  /** The text at the left. */
  readonly label?: string;
  readonly stageName?: string;
  /** With `stageName`. */
  readonly jobName?: string;
}

/** What the routes of `routes/badges.ts` take and answer. */
export interface BadgeShapes {
  readonly latestBuild: {
    readonly query: { readonly branchName?: string };
    readonly answer: WireBuild;
  };
  readonly buildStatus: {
    readonly query: BadgeQuery;
    /** The text of the picture, for clients that ask for JSON. */
    readonly answer: string;
    readonly media: 'image/svg+xml';
  };
  readonly buildBadge: {
    readonly query: BadgeQuery;
    /** The text of the picture, for clients that ask for JSON. */
    readonly answer: string;
    readonly media: 'image/svg+xml';
  };
}
