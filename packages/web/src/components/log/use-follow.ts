import type { RefObject } from 'react';
import { useLayoutEffect, useRef, useState } from 'react';

/** Following the end of a growing box. */
export interface Follow {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly following: boolean;
  readonly set: (following: boolean) => void;
  readonly scrolled: () => void;
}

/** This close to the end counts as at the end. */
const NEAR = 24;

/** Keeps the end in view while content grows; scrolling up lets go, scrolling to the end takes hold again. */
export function useFollow(content: unknown, initially: boolean): Follow {
  const box = useRef<HTMLDivElement>(null);
  const [following, set] = useState(initially);
  useLayoutEffect(() => {
    const element = box.current;
    if (following && element) element.scrollTop = element.scrollHeight;
  }, [content, following]);
  const scrolled = (): void => {
    const element = box.current;
    if (element) set(element.scrollHeight - element.scrollTop - element.clientHeight < NEAR);
  };
  return { box, following, set, scrolled };
}
