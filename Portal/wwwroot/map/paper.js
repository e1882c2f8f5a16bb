import { printFinely, release } from './canvas-layer.js';

/**
 * On paper (html.on-paper, MapPage.razor.css) the map fills its place on the sheet with what was seen on the screen; of a narrow screen, where much is
 * covered, with the sites seen there. What exceeds bears its rank, and the list beside it names what bears one.
 */
export function printMap(map, sites, label, narrow) {
  let before = null;
  const arrange = () => {
    const list = new PaperList(map.getContainer().closest('.map-sheet'), label);
    before = { centre: map.getCenter(), zoom: map.getZoom(), snap: map.options.zoomSnap, list };
    const [seen, shown] = [map.getBounds(), sites.within(map.getBounds())];
    printFinely(true);
    map.options.zoomSnap = 0;
    map.invalidateSize({ animate: false });
    const few = narrow.matches && shown.length > 0;
    map.fitBounds(few ? sites.bounds(shown) : seen, { padding: few ? [40, 40] : [0, 0], maxZoom: map.getZoom() + 2, animate: false });
    const exceeding = sites.within(map.getBounds()).filter(site => site.verdict === 'exceeds').length;
    sites.number(list.fill(sites.number(Infinity), exceeding));
    release();
    map.fire('viewreset');
  };
  const restore = () => {
    if (!before) return;
    printFinely(false);
    sites.number(null);
    map.options.zoomSnap = before.snap;
    map.invalidateSize({ animate: false }).setView(before.centre, before.zoom, { animate: false });
    before.list.clear();
    before = null;
  };
  window.addEventListener('beforeprint', arrange);
  window.addEventListener('afterprint', restore);
  return {
    close() {
      window.removeEventListener('beforeprint', arrange);
      window.removeEventListener('afterprint', restore);
    },
  };
}

/** The list of the sheet: the one on the screen has only the rows that were looked at. */
class PaperList {
  #list;
  #rows;
  #rest;
  #label;
  #legend;

  constructor(sheet, label) {
    this.#list = sheet.querySelector('.paper-list');
    [this.#rows, this.#rest] = [this.#list.querySelector('ol'), this.#list.querySelector('p')];
    this.#label = label;
    this.#legend = sheet.querySelector('.legend:not([open])');
    this.#legend?.setAttribute('open', '');
  }

  /** Names sites as long as there is room, and says how many of those that exceed in view are not named. Answers how many are. */
  fill(sites, exceeding) {
    const side = this.#list.closest('.side');
    const tell = () => {
      const left = exceeding - this.#rows.children.length;
      this.#rest.textContent = exceeding === 0 ? this.#rest.dataset.none : left > 0 ? this.#rest.dataset.rest.replace('{0}', left) : '';
    };
    for (const site of sites) {
      const row = this.#rows.appendChild(document.createElement('li'));
      for (const text of [site.rank, `${site.code} ${site.name}`, this.#label(site)]) row.appendChild(document.createElement('span')).textContent = text;
      tell();
      if (side.scrollHeight <= side.clientHeight) continue;
      row.remove();
      break;
    }
    tell();
    return this.#rows.children.length;
  }

  clear() {
    this.#rows.replaceChildren();
    this.#rest.textContent = '';
    this.#legend?.removeAttribute('open');
  }
}
