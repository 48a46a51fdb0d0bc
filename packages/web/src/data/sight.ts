import type { RefObject } from 'react';
import { useLayoutEffect, useRef, useState } from 'react';
import type { Sight } from '../view-models/lock/part.ts';

const AT_FIRST = { top: 0, height: 600, rowHeight: 60 };

/** What is seen of a list that scrolls by itself, and the place to put its reference. The style `--row` says how high a row is. */
export function useSight(rows: number): readonly [RefObject<HTMLDivElement | null>, Sight] {
  const place = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(AT_FIRST);
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const look = (): void => {
      const rowHeight = Number.parseFloat(getComputedStyle(element).getPropertyValue('--row'));
      const next = { top: element.scrollTop, height: element.clientHeight, rowHeight };
      setSeen((last) => (same(last, next) ? last : next));
    };
    look();
    element.addEventListener('scroll', look, { passive: true });
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      sizes.disconnect();
    };
  }, []);
  return [place, { rows, ...seen }];
}

function same(a: typeof AT_FIRST, b: typeof AT_FIRST): boolean {
  return a.top === b.top && a.height === b.height && a.rowHeight === b.rowHeight;
}
