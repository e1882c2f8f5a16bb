/** What the map shows just now: counts of sites by kind ("exceeds gt5", "within le1", "cannot judge", a class of an index …); null before the first painting. */
class InView extends EventTarget {
  counts = null;

  /** Counts the sites that are in view. A site is of its verdict, of its class, and of both. */
  set(sites) {
    const counts = new Map();
    for (const { verdict, band } of sites)
      for (const key of new Set([verdict, band, `${verdict} ${band}`])) counts.set(key, (counts.get(key) ?? 0) + 1);
    this.counts = counts;
    this.dispatchEvent(new Event('change'));
  }
}

export const inView = new InView();
