import { printFinely } from './canvas-layer.js';

/**
 * On paper (html.on-paper, MapPage.razor.css) the map fills its place on the sheet and shows at least what it showed on the screen, smaller: at another
 * zoom its base would come too late for the printer. What exceeds bears its rank, and the list beside it names what bears one.
 */
export function printMap(map, sites, label) {
  const { style } = map.getContainer();
  let seen = null;
  const before = () => {
    const [sheet, size] = [map.getContainer().closest('.map-sheet'), map.getSize()];
    const place = sheet.querySelector('.middle');
    seen = { centre: map.getCenter(), zoom: map.getZoom(), list: new PaperList(sheet, label) };
    const scale = Math.min(1, place.clientWidth / size.x, place.clientHeight / size.y);
    [style.zoom, style.width, style.height] = [scale, `${place.clientWidth / scale}px`, `${place.clientHeight / scale}px`];
    printFinely(true);
    redraw();
    const exceeding = sites.within(map.getBounds()).filter(site => site.verdict === 'exceeds').length;
    sites.number(seen.list.fill(sites.number(Infinity), exceeding));
  };
  const after = () => {
    if (!seen) return;
    style.zoom = style.width = style.height = '';
    printFinely(false);
    sites.number(null);
    redraw();
    map.setView(seen.centre, seen.zoom, { animate: false });
    seen.list.clear();
    seen = null;
  };
  // Of another size it is moved, else only told to draw itself anew.
  const redraw = () => map.invalidateSize({ animate: false }).fire('moveend');
  window.addEventListener('beforeprint', before);
  window.addEventListener('afterprint', after);
  return {
    close() {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
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
      const add = (tag, text) => (row.appendChild(document.createElement(tag)).textContent = text);
      add('b', site.rank);
      add('strong', site.code);
      add('span', site.name);
      add('em', this.#label(site));
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
