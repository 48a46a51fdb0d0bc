import type { ReactElement } from 'react';
import { lazy } from 'react';
import type { PageProps } from '../../app/page-props.ts';
import { PipelineListPage } from './pipeline-list-page.tsx';

const PipelinePage = lazy(async () => ({ default: (await import('./pipeline-page.tsx')).PipelinePage }));
const QueuePage = lazy(async () => ({ default: (await import('./queue-page.tsx')).QueuePage }));

/** The pipelines of the project, the one that the address names, or the form that queues a run of it. */
export function PipelinesPage({ rest }: PageProps): ReactElement {
  if (rest[0] === undefined) return <PipelineListPage />;
  return rest[1] === 'queue' ? <QueuePage rest={rest} /> : <PipelinePage rest={rest} />;
}
