// Who uses the keyboard, or hears the page, is not lost when the control that has the focus goes away or is barred: they
// go on at what is left where it was.
import { useEffect, useRef } from 'preact/hooks';

interface Place { readonly current: HTMLElement | null }

const controls = 'button:not(:disabled), input:not(:disabled), select:not(:disabled), a[href], [tabindex="0"]';

/** Watches over the focus within a place, for as long as the component lives; where no control is left round the one that
 * went, the fallback gets it. */
export function useKeptFocus(place: Place, fallback: Place): void {
  const path = useRef<Element[]>([]);
  useEffect(() => {
    const here = place.current!;
    const note = (e: Event) => { if (e.target instanceof Element) path.current = upwards(e.target, here); };
    const look = () => {
      const [had, ...around] = path.current;
      if (!had || document.activeElement !== document.body || (had.isConnected && !had.matches(':disabled'))) return;
      path.current = [];
      const near = around.filter((el) => el.isConnected).map(first).find((el) => el);
      (near ?? fallback.current)?.focus({ preventScroll: true });
    };
    const watch = new MutationObserver(look);
    watch.observe(here, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] });
    here.addEventListener('focusin', note);
    return () => {
      watch.disconnect();
      here.removeEventListener('focusin', note);
    };
  }, []);
}

function upwards(el: Element, to: Element): Element[] {
  const path = [];
  for (let at: Element | null = el; at && at !== to; at = at.parentElement) path.push(at);
  return path;
}

/** The first control inside that can be seen. */
function first(el: Element): HTMLElement | undefined {
  return [...el.querySelectorAll<HTMLElement>(controls)].find((c) => c.checkVisibility?.({ visibilityProperty: true }) ?? true);
}
