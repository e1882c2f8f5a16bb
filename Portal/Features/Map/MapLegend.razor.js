import { inView } from '../../map/in-view.js';

/** Writes into each row [data-key] of a legend how many sites of its kind are in view; a row of none is hidden. */
export function open(host, _, { culture }) {
  const number = new Intl.NumberFormat(culture);
  const count = () => {
    if (!inView.counts) return;
    for (const row of host.querySelectorAll('[data-key]')) {
      const sites = inView.counts.get(row.dataset.key) ?? 0;
      row.hidden = sites === 0;
      row.lastElementChild.textContent = number.format(sites);
    }
  };
  inView.addEventListener('change', count);
  count();
  return {
    count,
    close() {
      inView.removeEventListener('change', count);
    },
  };
}
