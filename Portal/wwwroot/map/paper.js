// What the sheet has for the map beside its legend, in CSS pixels (MapPage.razor.css).
const place = { x: 764, y: 618 };

/** On paper (html.on-paper) the map shows at least what it showed on the screen, smaller: at another zoom its base would come too late for the printer. */
export function resizeForPaper(map) {
  const { style } = map.getContainer();
  const resize = () => map.invalidateSize({ animate: false });
  const before = () => {
    const seen = map.getSize();
    const scale = Math.min(1, place.x / seen.x, place.y / seen.y);
    document.documentElement.classList.add('on-paper');
    [style.zoom, style.width, style.height] = [scale, `${place.x / scale}px`, `${place.y / scale}px`];
    resize();
  };
  const after = () => {
    document.documentElement.classList.remove('on-paper');
    style.zoom = style.width = style.height = '';
    resize();
  };
  window.addEventListener('beforeprint', before);
  window.addEventListener('afterprint', after);
  return {
    close() {
      window.removeEventListener('beforeprint', before);
      window.removeEventListener('afterprint', after);
    },
  };
}
