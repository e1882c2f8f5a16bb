import { Renderer, Browser, DomUtil } from '../lib/leaflet/leaflet.js';

const fine = 3;
let [printing, held] = [false, false];

/** Points of a canvas for one of the page. */
export const density = () => (printing ? fine : Browser.retina ? window.devicePixelRatio : 1);

/**
 * While a page is printed canvases are finer, and no larger than what is seen of them. The browser prints how a canvas was drawn, so one drawn twice
 * comes out blank: until all is arranged they are held, and after that drawn once.
 */
export function printFinely(on) {
  printing = held = on;
}

export function release() {
  held = false;
}

/** A canvas over the whole map, painted by a function (context, bounds, zoom) in layer points; Leaflet's Renderer moves and scales it. */
export const CanvasLayer = Renderer.extend({
  initialize(paint, options) {
    Renderer.prototype.initialize.call(this, options);
    this._paint = paint;
    this._padding = this.options.padding;
  },

  repaint() {
    if (this._map && this._bounds && !this._map._animatingZoom) this._update();
  },

  _initContainer() {
    this._container = document.createElement('canvas');
    this._container.style.pointerEvents = 'none';
    this._context = this._container.getContext('2d');
  },

  _destroyContainer() {
    this._container.remove();
    delete this._container;
    delete this._context;
  },

  _updatePaths() {},

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    if (held) return;
    this.options.padding = printing ? 0 : this._padding;
    Renderer.prototype._update.call(this);
    const { _bounds: bounds, _container: canvas, _context: context } = this;
    const size = bounds.getSize();
    const dense = density();
    DomUtil.setPosition(canvas, bounds.min);
    canvas.width = dense * size.x;
    canvas.height = dense * size.y;
    canvas.style.width = `${size.x}px`;
    canvas.style.height = `${size.y}px`;
    context.setTransform(dense, 0, 0, dense, -dense * bounds.min.x, -dense * bounds.min.y);
    this._paint(context, bounds, this._map.getZoom());
    this.fire('update');
  },
});
