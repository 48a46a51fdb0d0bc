import type { RunView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useEffect, useRef, useState } from 'react';
import { notify } from '../data/notices.ts';
import { announcements, noteworthy } from '../view-models/announce.ts';

/** Reads out what changes, for those who do not watch; what needs somebody is a notice of the browser, if wanted. */
export function News(props: { readonly runs: readonly RunView[] | undefined }): ReactElement {
  const before = useRef<readonly RunView[] | undefined>(undefined);
  const [text, setText] = useState('');
  useEffect(() => {
    const { runs } = props;
    const old = before.current;
    if (runs !== undefined) before.current = runs;
    if (old === undefined || runs === undefined) return;
    const news = announcements(old, runs);
    if (news !== '') setText(news);
    const notice = noteworthy(old, runs);
    if (notice !== '') notify(notice);
  }, [props]);
  return (
    <p className="hidden" aria-live="polite">
      {text}
    </p>
  );
}
