import { Control, DomEvent, DomUtil, Map as LeafletMap, control, latLngBounds, tooltip } from '../../lib/leaflet/leaflet.js';
import { addBaseLayers } from '../../map/base-layers.js';
import { ask } from '../../map/first-layer.js';
import { inView } from '../../map/in-view.js';
import { walk } from '../../map/keyboard.js';
import { printMap } from '../../map/paper.js';
import { SiteLayer } from '../../map/site-layer.js';

const province = latLngBounds([20.65, 106.45], [21.65, 108.05]);
const world = latLngBounds([20.3, 106.0], [22.0, 108.6]);
// What floats over the map: the switch above, campaigns or, on a narrow screen, the sheet of the site below.
const narrow = window.matchMedia('(max-width: 760px)');
const covered = host => (narrow.matches ? 0.66 * host.clientHeight : 150);
const panes = { base: 210, names: 300, sites: 410 };

/**
 * Opens the map in an element. It fetches its own data and sends back a site code (SiteChosen), that the site is to be closed (SiteClosed) and a count
 * (LayerShown), nothing else.
 * options: baseMap {layer: address}, today (ISO day), culture, texts {verdicts, indices, never, times, retry, failed, border, attribution, borderSource,
 * zoomIn, zoomOut, focused}.
 */
export function open(host, callbacks, options) {
  const map = new LeafletMap(host, {
    zoomControl: false, attributionControl: false, keyboard: false, minZoom: 8, maxZoom: 15, zoomSnap: narrow.matches ? 0.25 : 0.5, maxBounds: world.pad(0.3),
  });
  for (const [name, zIndex] of Object.entries(panes)) {
    const pane = map.createPane(name);
    pane.style.zIndex = zIndex;
    pane.style.pointerEvents = 'none';
  }
  map.fitBounds(province);
  const border = addControls(map, options, addBaseLayers(map, options.baseMap));

  const sayings = new Sayings(options);
  const sites = new SiteLayer(map, Date.parse(options.today), site => sayings.ranked(site));
  const count = () => inView.set(sites.within(map.getBounds()));
  map.on('moveend', count);
  addPointer(map, sites, callbacks, sayings);

  let running, chosen = null, opener = null, fitted = false;
  const closeSite = () => {
    if (sites.fanOut(null)) return true;
    if (chosen) callbacks.invokeMethodAsync('SiteClosed');
    return Boolean(chosen);
  };
  const keys = walk(map, sites, sayings, { choose: code => callbacks.invokeMethodAsync('SiteChosen', code), closeSite, showBorder: border });
  const paper = printMap(map, sites, site => sayings.label(site), narrow);
  const size = new ResizeObserver(() => {
    map.invalidateSize();
    if (chosen) reveal(map, sites, chosen, false);
  });
  size.observe(host);
  const handle = {
    async show(url) {
      running?.abort();
      running = new AbortController();
      const failure = host.querySelector('.map-failure');
      try {
        const { features, scale } = await fetchLayer(url, running.signal);
        failure?.remove();
        sayings.scale = scale;
        sites.set(features);
        const site = chosen && sites.find(chosen);
        if (site && !fitted) map.setView([site.lat, site.lng], 11, { animate: false });
        else if (!fitted || !sites.anyWithin(map.getBounds())) handle.fit();
        fitted = true;
        if (site) reveal(map, sites, chosen, false);
        count();
        await callbacks.invokeMethodAsync('LayerShown', features.length);
      } catch (error) {
        if (error.name === 'AbortError') return;
        failure?.remove();
        showFailure(host, options.texts, () => handle.show(url));
      }
    },
    select(code) {
      if (code && !chosen) opener = document.activeElement;
      chosen = code;
      sites.choose(code);
      if (code) reveal(map, sites, code);
      // Whoever closes goes on from where the site was opened.
      else if (document.activeElement === document.body && opener?.isConnected) opener.focus({ preventScroll: true });
    },
    fit() {
      const side = narrow.matches ? 8 : 24;
      map.fitBounds(sites.bounds() ?? province, { paddingTopLeft: [side, 64], paddingBottomRight: [side, 150], maxZoom: 13, animate: false });
    },
    close() {
      running?.abort();
      size.disconnect();
      keys.close();
      paper.close();
      map.remove();
    },
  };
  return handle;
}

async function fetchLayer(url, signal) {
  const response = await ask(url, signal);
  // The early one is not aborted: what is wanted by now may be another.
  signal.throwIfAborted();
  if (response.redirected || !response.ok) throw new Error(`${response.status}`);
  const layer = await response.json();
  signal.throwIfAborted();
  return layer;
}

function reveal(map, sites, code, animate = true) {
  const site = sites.find(code);
  if (!site) return;
  // Far out, the edge of the map would hold the site under the sheet.
  if (narrow.matches && map.getZoom() < 10) map.setView([site.lat, site.lng], 10, { animate: false });
  map.panInside([site.lat, site.lng], { paddingTopLeft: [40, 70], paddingBottomRight: [40, covered(map.getContainer())], animate });
}

function addControls(map, { texts }, showBorder) {
  control.zoom({ position: 'topright', zoomInTitle: texts.zoomIn, zoomOutTitle: texts.zoomOut }).addTo(map);
  control.scale({ imperial: false, position: 'bottomleft' }).addTo(map);
  control.attribution({ prefix: false, position: 'bottomright' }).addTo(map).addAttribution(texts.attribution);

  const toggle = new Control({ position: 'bottomleft' });
  const box = DomUtil.create('input');
  toggle.onAdd = () => {
    const label = DomUtil.create('label', 'map-border');
    label.append(box);
    box.type = 'checkbox';
    label.append(texts.border);
    const source = label.appendChild(document.createElement('small'));
    DomEvent.disableClickPropagation(label);
    box.addEventListener('change', () => {
      showBorder(box.checked);
      source.textContent = box.checked ? texts.borderSource : '';
    });
    return label;
  };
  toggle.addTo(map);
  // The map is one stop of the Tab key: inside, keys do what the buttons do.
  for (const part of map.getContainer().querySelectorAll('.leaflet-control :is(a, input)')) part.tabIndex = -1;
  return () => box.click();
}

function addPointer(map, sites, callbacks, sayings) {
  const tip = tooltip({ direction: 'top', className: 'site-tip' });
  let hovered;
  map.on('mousemove', event => {
    const site = sites.at(event.layerPoint);
    if (site === hovered) return;
    hovered = site;
    map.getContainer().classList.toggle('over-site', Boolean(site));
    if (site) map.openTooltip(tip.setContent(sayings.tip(site)).setLatLng(map.layerPointToLatLng(event.layerPoint)));
    else map.closeTooltip(tip);
  });
  map.on('mouseout movestart', () => {
    hovered = undefined;
    map.closeTooltip(tip);
  });
  map.on('zoomstart', () => sites.fanOut(null));
  map.on('click', event => {
    const heap = sites.heapAt(event.layerPoint);
    if (heap.length > 1) sites.fanOut(heap);
    else if (heap.length === 1) callbacks.invokeMethodAsync('SiteChosen', heap[0].code);
    else sites.fanOut(null);
  });
}

/** What is said of a site: under the pointer, beside its mark, to a screen reader. */
class Sayings {
  scale = null;
  #texts;
  #ratio;

  constructor({ culture, texts }) {
    this.#texts = texts;
    this.#ratio = new Intl.NumberFormat(culture, { maximumFractionDigits: 2 });
  }

  /** textContent only: names come from files that others send in. */
  tip(site) {
    const box = document.createElement('div');
    const line = (tag, text) => (box.appendChild(document.createElement(tag)).textContent = text);
    line('strong', `${site.code} ${site.name}`);
    line('span', this.#standing(site));
    return box;
  }

  /** "Amoni 2,26×". */
  label(site) {
    if (!site.parameter) return '';
    const name = site.parameter.split(' (')[0];
    return site.ratio > 1 ? `${name} ${this.#ratio.format(site.ratio)}×` : name;
  }

  /** "3 · Amoni 2,26×": so that the mark is found in the list. */
  ranked(site) {
    return [site.rank, this.label(site)].filter(Boolean).join(' · ');
  }

  aloud(site) {
    return this.#texts.focused.replace('{0}', `${site.code} ${site.name}, ${this.#standing(site)}`);
  }

  #standing(site) {
    if (!site.lastSampled) return this.#texts.never;
    const index = site.value == null ? '' : ` · ${this.#texts.indices[this.scale]} ${site.value}`;
    const worst = site.ratio == null ? '' : ` · ${site.parameter ?? ''} ${this.#ratio.format(site.ratio)} ${this.#texts.times}`;
    return this.#texts.verdicts[site.verdict] + index + worst;
  }
}

function showFailure(host, texts, retry) {
  const panel = document.createElement('div');
  panel.className = 'map-failure';
  panel.setAttribute('role', 'alert');
  panel.appendChild(document.createElement('p')).textContent = texts.failed;
  const button = panel.appendChild(document.createElement('button'));
  button.type = 'button';
  button.className = 'button';
  button.textContent = texts.retry;
  button.addEventListener('click', retry);
  DomEvent.disableClickPropagation(panel);
  host.append(panel);
}
