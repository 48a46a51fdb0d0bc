import type { ReactElement } from 'react';
import { lazy } from 'react';
import type { PageProps } from '../../app/page-props.ts';
import { RunListPage } from './run-list-page.tsx';

const RunPage = lazy(async () => ({ default: (await import('./run-page.tsx')).RunPage }));

/** The runs of the project, or the one that the address names. */
export function RunsPage({ rest }: PageProps): ReactElement {
  return rest[0] === undefined ? <RunListPage /> : <RunPage rest={rest} />;
}
