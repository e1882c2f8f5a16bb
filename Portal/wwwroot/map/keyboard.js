const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * The map by keyboard: one stop of the Tab key; inside, arrows go from site to site, Enter opens, + and - zoom, Shift with an arrow moves the map, B shows the
 * border. Escape closes wherever the focus is, unless something nearer took it.
 */
export function walk(map, sites, sayings, { choose, closeSite, showBorder }) {
  const host = map.getContainer();
  host.tabIndex = 0;
  const said = host.appendChild(document.createElement('div'));
  said.className = 'visually-hidden';
  said.setAttribute('role', 'status');
  let site = null;

  const stand = next => {
    site = next;
    sites.focus(site);
    if (!site) return;
    said.textContent = sayings.aloud(site);
    map.panInside([site.lat, site.lng], { paddingTopLeft: [40, 80], paddingBottomRight: [40, 160] });
  };
  const press = event => {
    if (event.target !== host || event.ctrlKey || event.altKey || event.metaKey) return;
    const step = steps[event.key];
    if (step && event.shiftKey) map.panBy([step[0] * 80, step[1] * 80]);
    else if (step) {
      site = site && sites.find(site.code);
      stand(sites.next(site, ...step) ?? site);
    } else if (event.key === 'Enter' && site) choose(site.code);
    else if (event.key === '+' || event.key === '=') map.zoomIn();
    else if (event.key === '-') map.zoomOut();
    else if (event.key === 'b' || event.key === 'B') showBorder();
    else return;
    event.preventDefault();
  };
  const escape = event => {
    if (event.key !== 'Escape' || event.defaultPrevented || event.target.closest('input, select, textarea, dialog, [role=dialog]')) return;
    if (closeSite()) event.preventDefault();
  };
  const leave = () => sites.focus(null);
  const come = () => sites.focus(site && sites.find(site.code));
  host.addEventListener('keydown', press);
  host.addEventListener('blur', leave);
  host.addEventListener('focus', come);
  document.addEventListener('keydown', escape);
  return {
    close() {
      document.removeEventListener('keydown', escape);
    },
  };
}
