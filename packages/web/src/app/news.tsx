import type { RunView } from '@signalbox/api';
import type { ReactElement } from 'react';
import { useEffect, useRef, useState } from 'react';
import { notify } from '../data/notices.ts';
import { announcements } from '../view-models/announce.ts';

/** Reads out what changes, for those who do not watch; as a notice of the browser, where that is wanted. */
export function News(props: { readonly runs: readonly RunView[] | undefined }): ReactElement {
  const before = useRef<readonly RunView[] | undefined>(undefined);
  const [text, setText] = useState('');
  useEffect(() => {
    const { runs } = props;
    const news =
      before.current === undefined || runs === undefined ? '' : announcements(before.current, runs);
    if (runs !== undefined) before.current = runs;
    if (news === '') return;
    setText(news);
    notify(news);
  }, [props]);
  return (
    <p className="hidden" aria-live="polite">
      {text}
    </p>
  );
}
