import { Control, DomEvent, DomUtil, Map as LeafletMap, control, latLngBounds, tooltip } from '../../lib/leaflet/leaflet.js';
import { addBaseLayers } from '../../map/base-layers.js';
import { ask } from '../../map/first-layer.js';
import { SiteLayer } from '../../map/site-layer.js';

const province = latLngBounds([20.65, 106.45], [21.65, 108.05]);
const world = latLngBounds([20.3, 106.0], [22.0, 108.6]);
// What floats over the map: the switch above, campaigns or, on a narrow screen, the sheet of the site below.
const narrow = window.matchMedia('(max-width: 760px)');
const covered = host => (narrow.matches ? 0.66 * host.clientHeight : 150);
const panes = { base: 210, names: 300, sites: 410 };

/**
 * Opens the map in an element. It fetches its own data and sends back a site code (SiteChosen) and a count (LayerShown), nothing else.
 * options: baseMap {layer: address}, today (ISO day), culture, texts {verdicts, never, times, retry, failed, border, attribution, borderSource, zoomIn, zoomOut}.
 */
export function open(host, callbacks, options) {
  const map = new LeafletMap(host, {
    zoomControl: false, attributionControl: false, minZoom: 8, maxZoom: 15, zoomSnap: narrow.matches ? 0.25 : 0.5, maxBounds: world.pad(0.3),
  });
  for (const [name, zIndex] of Object.entries(panes)) {
    const pane = map.createPane(name);
    pane.style.zIndex = zIndex;
    pane.style.pointerEvents = 'none';
  }
  map.fitBounds(province);
  addControls(map, options, addBaseLayers(map, options.baseMap));

  const sites = new SiteLayer(map, Date.parse(options.today));
  addPointer(map, sites, callbacks, options);

  let running, chosen = null, fitted = false;
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
        const features = await fetchFeatures(url, running.signal);
        failure?.remove();
        sites.set(features);
        const site = chosen && sites.find(chosen);
        if (site && !fitted) map.setView([site.lat, site.lng], 11, { animate: false });
        else if (!fitted || !sites.anyWithin(map.getBounds())) handle.fit();
        fitted = true;
        if (site) reveal(map, sites, chosen, false);
        await callbacks.invokeMethodAsync('LayerShown', features.length);
      } catch (error) {
        if (error.name === 'AbortError') return;
        failure?.remove();
        showFailure(host, options.texts, () => handle.show(url));
      }
    },
    select(code) {
      chosen = code;
      sites.choose(code);
      if (code) reveal(map, sites, code);
    },
    fit() {
      const side = narrow.matches ? 8 : 24;
      map.fitBounds(sites.bounds() ?? province, { paddingTopLeft: [side, 64], paddingBottomRight: [side, 150], maxZoom: 13, animate: false });
    },
    close() {
      running?.abort();
      size.disconnect();
      map.remove();
    },
  };
  return handle;
}

async function fetchFeatures(url, signal) {
  const response = await ask(url, signal);
  // The early one is not aborted: what is wanted by now may be another.
  signal.throwIfAborted();
  if (response.redirected || !response.ok) throw new Error(`${response.status}`);
  const { features } = await response.json();
  signal.throwIfAborted();
  return features;
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
  toggle.onAdd = () => {
    const label = DomUtil.create('label', 'map-border');
    const box = DomUtil.create('input', '', label);
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
}

function addPointer(map, sites, callbacks, { culture, texts }) {
  const ratio = new Intl.NumberFormat(culture, { maximumFractionDigits: 2 });
  const tip = tooltip({ direction: 'top', className: 'site-tip' });
  let hovered;
  map.on('mousemove', event => {
    const site = sites.at(event.layerPoint);
    if (site === hovered) return;
    hovered = site;
    map.getContainer().classList.toggle('over-site', Boolean(site));
    if (site) map.openTooltip(tip.setContent(describe(site, ratio, texts)).setLatLng([site.lat, site.lng]));
    else map.closeTooltip(tip);
  });
  map.on('mouseout movestart', () => {
    hovered = undefined;
    map.closeTooltip(tip);
  });
  map.on('click', event => {
    const site = sites.at(event.layerPoint);
    if (site) callbacks.invokeMethodAsync('SiteChosen', site.code);
  });
}

// textContent only: names come from files that others send in.
function describe(site, ratio, texts) {
  const box = document.createElement('div');
  const line = (tag, text) => (box.appendChild(document.createElement(tag)).textContent = text);
  line('strong', `${site.code} ${site.name}`);
  const index = site.value == null ? '' : ` · ${texts.indices[site.index]} ${site.value}`;
  const worst = site.ratio == null ? '' : ` · ${site.parameter ?? ''} ${ratio.format(site.ratio)} ${texts.times}`;
  line('span', site.lastSampled ? texts.verdicts[site.verdict] + index + worst : texts.never);
  return box;
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
