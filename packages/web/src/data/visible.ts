import type { RefObject } from 'react';
import { useEffect, useRef, useState } from 'react';

/** Whether an element is in sight, and the place to put its reference. */
export function useVisible<T extends Element>(): readonly [RefObject<T | null>, boolean] {
  const place = useRef<T>(null);
  const [visible, setVisible] = useState(false);
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const observer = new IntersectionObserver((entries) => {
      setVisible(entries.at(-1)?.isIntersecting === true);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return [place, visible];
}
