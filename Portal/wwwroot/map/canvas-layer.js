import { Renderer, Browser, DomUtil } from '../lib/leaflet/leaflet.js';

/** A canvas over the whole map, painted by a function (context, bounds, zoom) in layer points; Leaflet's Renderer moves and scales it. */
export const CanvasLayer = Renderer.extend({
  initialize(paint, options) {
    Renderer.prototype.initialize.call(this, options);
    this._paint = paint;
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
    Renderer.prototype._update.call(this);
    const { _bounds: bounds, _container: canvas, _context: context } = this;
    const size = bounds.getSize();
    const density = Browser.retina ? window.devicePixelRatio : 1;
    DomUtil.setPosition(canvas, bounds.min);
    canvas.width = density * size.x;
    canvas.height = density * size.y;
    canvas.style.width = `${size.x}px`;
    canvas.style.height = `${size.y}px`;
    context.setTransform(density, 0, 0, density, -density * bounds.min.x, -density * bounds.min.y);
    this._paint(context, bounds, this._map.getZoom());
    this.fire('update');
  },
});
