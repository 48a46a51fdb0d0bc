import type { LockView, WhatIfQuestion, WhatIfView } from '@signalbox/api';
import type { UseQueryResult } from '@tanstack/react-query';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useSession } from './context.tsx';

/** A question is asked once it has stood so long, so that not every typed digit is one. */
const QUIET_MS = 300;

/** What would come of something at a lock; nothing is asked without a question. It is asked anew when the lock changes. */
export function useWhatIf(
  lock: Pick<LockView, 'id' | 'lastToken' | 'waitersTotal'> | undefined,
  question: WhatIfQuestion | undefined,
): UseQueryResult<WhatIfView> {
  const { client, project } = useSession();
  const asked = useQuiet(question === undefined ? '' : JSON.stringify(question));
  const id = lock?.id ?? 0;
  return useQuery({
    queryKey: ['whatIf', project, id, lock?.lastToken, lock?.waitersTotal, asked],
    queryFn: () => client.whatIf(project, id, JSON.parse(asked) as WhatIfQuestion),
    enabled: asked !== '' && lock !== undefined,
    gcTime: 0,
    // A preview is a help; the server says at the act itself what is wrong with it.
    retry: false,
  });
}

/** A text once it has not changed for a while. */
function useQuiet(text: string): string {
  const [quiet, setQuiet] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setQuiet(text), QUIET_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return quiet;
}
