import { ROUTES } from '../routes/table.ts';
import type { AttachmentView, LogSearch, RunResultsView } from '../wire/results.ts';
import type { Transport } from './transport.ts';

/** Where an attachment is in its run. */
export interface AttachmentAddress extends Pick<AttachmentView, 'record' | 'type' | 'name'> {
  readonly timeline: string;
}

/** What steps leave behind. */
export interface ResultsClient {
  /** The lines of the logs of a run that contain the text, letter case aside; at most `top` of them. */
  searchLogs(project: string, run: number, text: string, top?: number): Promise<LogSearch>;
  /** Tests, coverage, summaries and attachments of a run. */
  getRunResults(project: string | undefined, run: number): Promise<RunResultsView>;
  /** The content of an attachment as text. */
  getAttachment(project: string | undefined, run: number, attachment: AttachmentAddress): Promise<string>;
}

/** The calls of `ResultsClient`. */
export function resultsClient(transport: Transport): ResultsClient {
  return {
    searchLogs: (project, runId, text, top) =>
      transport.json(ROUTES.searchLogs, {
        path: { project, runId },
        query: { text, ...(top !== undefined && { $top: top }) },
      }),
    getRunResults: (project, runId) =>
      transport.json(ROUTES.runResults, { path: { ...(project !== undefined && { project }), runId } }),
    getAttachment: (project, buildId, { timeline, record, type, name }) =>
      transport.text(ROUTES.getAttachment, {
        path: {
          ...(project !== undefined && { project }),
          buildId,
          timelineId: timeline,
          recordId: record,
          type,
          name,
        },
        accept: '*/*',
      }),
  };
}
