// The maps of neighbourhoods, on a plain ground. What they show is in the list of the page: nothing is only here.
// Leaflet sets styles from scripts (which the content policy allows) and no inline one. Colours come from map.css.

const FAR = 10; // below this zoom an outline is a few pixels: a dot is drawn in its place
const FRANCE = [[41.3, -5.2], [51.1, 9.6]];
const WORDS = { zoomInTitle: "Agrandir", zoomOutTitle: "Réduire" };

for (const host of document.querySelectorAll("[data-map]")) start(host);

async function start(host) {
  const say = (words) => { const line = host.parentElement.querySelector("[data-map-status]"); if (line) line.textContent = words; };
  const L = window.L;
  if (!L) return say("La carte n'a pas pu se charger : la liste dit la même chose.");
  const map = L.map(host, { minZoom: 2, maxZoom: 18, zoomSnap: .5, zoomControl: false, attributionControl: Boolean(host.dataset.credit) });
  L.control.zoom(WORDS).addTo(map);
  map.fitBounds(FRANCE);
  host.setAttribute("role", "application");
  host.setAttribute("aria-label", host.dataset.label);
  if (host.dataset.tiles) L.tileLayer(host.dataset.tiles, { maxZoom: 18 }).addTo(map);
  map.attributionControl?.setPrefix(false).addAttribution(plain(host.dataset.credit));
  try {
    const [ground, places] = await Promise.all([read(host.dataset.background), read(host.dataset.url)]);
    if (!host.dataset.tiles) lay(L, map, ground);
    const shown = new Places(L, map, host);
    shown.set(places.features);
    wire(shown);
    if (host.dataset.draw) draw(L, map, host, say);
    if (host.dataset.follows !== undefined) follow(shown, host, say);
  } catch {
    say("La carte n'a pas pu se charger : la liste dit la même chose.");
  }
}

async function read(url) {
  const answer = await fetch(url, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function plain(words) {
  const node = document.createElement("span");
  node.textContent = words ?? "";
  return node.innerHTML;
}

function lay(L, map, ground) {
  const pane = map.createPane("ground");
  pane.classList.add("map__pane");
  L.geoJSON(ground, { pane: "ground", interactive: false, style: { className: "map__ground", fillOpacity: 1 } }).addTo(map);
  map.getPane("ground").style.zIndex = 350;
}

class Places {
  constructor(L, map, host) {
    Object.assign(this, { L, map, host, features: [], byCode: new Map(), dots: L.layerGroup(), shapes: L.layerGroup() });
    this.tip = L.tooltip({ direction: "top", offset: [0, -8] });
    map.on("zoomend", () => this.choose());
  }

  label(feature, at) { this.tip.setContent(plain(feature.properties.nom)).setLatLng(at).addTo(this.map); }

  set(features) {
    this.hide();
    this.dots.clearLayers();
    this.shapes.clearLayers();
    this.byCode.clear();
    this.features = features;
    for (const feature of features) this.add(feature);
    this.choose();
    this.frame();
    this.host.dataset.ready = String(features.length);
  }

  add(feature) {
    const { L } = this;
    const shape = L.geoJSON(feature, {
      pointToLayer: (_, at) => L.circleMarker(at, { radius: 7 }),
      style: { className: this.look(feature) },
    });
    const at = feature.properties.lat === undefined ? shape.getBounds().getCenter() : [feature.properties.lat, feature.properties.lon];
    const dot = L.circleMarker(at, { radius: 4, className: this.look(feature) });
    for (const layer of [shape, dot]) {
      // One label for all, shown by hand: a tooltip bound to each would make each of a thousand outlines a tab stop.
      layer.on("mouseover", (event) => this.label(feature, event.latlng));
      layer.on("mouseout", () => this.tip.remove());
      layer.on("click", () => this.open(feature));
    }
    dot.addTo(this.dots);
    shape.addTo(this.shapes);
    this.byCode.set(feature.properties.code, { feature, shape, dot });
  }

  look(feature) { return feature.properties.secteur ? "map__place is-local" : "map__place"; }

  choose() {
    const far = this.map.getZoom() < FAR;
    this.map.removeLayer(far ? this.shapes : this.dots);
    this.map.addLayer(far ? this.dots : this.shapes);
  }

  frame() {
    const all = this.L.featureGroup([...this.byCode.values()].map((one) => one.shape));
    const box = this.features.length ? all.getBounds() : null;
    // The whole list goes from Polynesia to Réunion: the first view is then the mainland, one may pan from there.
    if (box?.isValid() && box.getEast() - box.getWest() < 40) this.map.fitBounds(box.pad(.15), { maxZoom: 14 });
  }

  open(feature) {
    const base = feature.properties.secteur ? `${this.host.dataset.local}secteurs/` : this.host.dataset.page;
    if (base && !this.host.dataset.draw) window.location.assign(`${base}${feature.properties.code}/`);
  }

  show(code) {
    const one = this.byCode.get(code);
    if (!one) return;
    this.hide();
    const box = one.shape.getBounds();
    if (!this.map.getBounds().contains(box)) this.map.panTo(box.getCenter(), { animate: false });
    this.lit = this.map.getZoom() < FAR ? one.dot : one.shape;
    (this.lit.getElement ? [this.lit] : this.lit.getLayers()).forEach((layer) => layer.getElement()?.classList.add("is-shown"));
    this.label(one.feature, box.getCenter());
  }

  hide() {
    if (!this.lit) return;
    (this.lit.getElement ? [this.lit] : this.lit.getLayers()).forEach((layer) => layer.getElement()?.classList.remove("is-shown"));
    this.tip.remove();
    this.lit = null;
  }
}

// The list has been narrowed: the map asks for the same. Of two answers, only the last asked for is shown.
function follow(places, host, say) {
  let last = `?${host.dataset.url.split("?")[1] ?? ""}`;
  const asked = () => {
    const query = new URLSearchParams(window.location.search);
    for (const name of ["page", "tri", "tout"]) query.delete(name);
    return `?${query}`;
  };
  document.addEventListener("htmx:replacedInHistory", async () => {
    const wanted = asked();
    if (wanted === last) return;
    last = wanted;
    try {
      const found = await read(host.dataset.url.split("?")[0] + wanted);
      if (wanted === last) places.set(found.features);
      say("");
    } catch {
      say("La carte n'a pas suivi : la liste dit ce qui est demandé.");
    }
  });
}

// A link of the list that has the focus, or is under the pointer, is shown on the map.
function wire(places) {
  const code = (event) => {
    const link = event.target.closest?.("main table a[href]");
    return link && link.pathname.split("/").at(-2);
  };
  for (const name of ["focusin", "mouseover"]) document.addEventListener(name, (event) => { if (code(event)) places.show(code(event)); });
  for (const name of ["focusout", "mouseout"]) document.addEventListener(name, (event) => { if (code(event)) places.hide(); });
}

// Drawing: what is drawn is written in the field, and what the field holds is drawn.
function draw(L, map, host, say) {
  host.classList.add("map--draw");
  const field = document.getElementById(host.dataset.draw);
  const drawn = L.featureGroup().addTo(map);
  const style = { className: "map__drawn" };
  french(L);
  const fill = () => {
    drawn.clearLayers();
    if (!field.value.trim()) return;
    try {
      L.geoJSON(JSON.parse(field.value), { style }).eachLayer((layer) => drawn.addLayer(layer));
      if (drawn.getBounds().isValid()) map.fitBounds(drawn.getBounds().pad(.3), { maxZoom: 16 });
      say("");
    } catch {
      say("Ce contour ne se lit pas : c'est du GeoJSON qu'il faut.");
    }
  };
  const write = () => {
    const shapes = drawn.toGeoJSON(6).features.flatMap(({ geometry: g }) => (g.type === "MultiPolygon" ? g.coordinates : [g.coordinates]));
    field.value = shapes.length === 0 ? "" : JSON.stringify(
      shapes.length === 1 ? { type: "Polygon", coordinates: shapes[0] } : { type: "MultiPolygon", coordinates: shapes });
    say(shapes.length ? "Le contour est dessiné : il reste à enregistrer le secteur." : "");
  };
  new L.Control.Draw({
    draw: { polygon: { shapeOptions: style, allowIntersection: false }, polyline: false, rectangle: false, circle: false, marker: false, circlemarker: false },
    edit: { featureGroup: drawn },
  }).addTo(map);
  map.on(L.Draw.Event.CREATED, (event) => { drawn.addLayer(event.layer); write(); });
  map.on(`${L.Draw.Event.EDITED} ${L.Draw.Event.DELETED}`, write);
  field.addEventListener("change", fill);
  fill();
}

function french(L) {
  const words = L.drawLocal;
  words.draw.toolbar.buttons.polygon = "Dessiner un contour";
  Object.assign(words.draw.toolbar.actions, { title: "Abandonner ce dessin", text: "Abandonner" });
  Object.assign(words.draw.toolbar.finish, { title: "Fermer le contour", text: "Terminer" });
  Object.assign(words.draw.toolbar.undo, { title: "Enlever le dernier point", text: "Enlever le dernier point" });
  Object.assign(words.draw.handlers.polygon.tooltip, {
    start: "Cliquez pour poser le premier point.", cont: "Cliquez pour poser le point suivant.",
    end: "Cliquez sur le premier point pour fermer le contour." });
  words.draw.handlers.polyline.error = "<strong>Le contour ne peut pas se croiser.</strong>";
  Object.assign(words.edit.toolbar.buttons, { edit: "Corriger le contour", editDisabled: "Rien à corriger",
    remove: "Effacer le contour", removeDisabled: "Rien à effacer" });
  Object.assign(words.edit.toolbar.actions.save, { title: "Garder les corrections", text: "Garder" });
  Object.assign(words.edit.toolbar.actions.cancel, { title: "Abandonner les corrections", text: "Abandonner" });
  Object.assign(words.edit.toolbar.actions.clearAll, { title: "Tout effacer", text: "Tout effacer" });
  Object.assign(words.edit.handlers.edit.tooltip, { text: "Tirez les points.", subtext: "« Abandonner » revient en arrière." });
  words.edit.handlers.remove.tooltip.text = "Cliquez sur le contour à effacer.";
}
