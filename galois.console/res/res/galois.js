// Draws the page "GALOIS" from data.json, once a second. Everything shown is set as text, never as markup.
(function () {
  "use strict";
  var box = document.getElementById("galois");
  var colours = ["#dbe9f6", "#fde8cf", "#dff0d8", "#eadcf4", "#f7d9d9"];
  var roles = { p: "producer", c: "consumer", z: "sink" };
  var history = [];

  function element(parent, name, text, attributes) {
    var svg = name === "svg" || parent.namespaceURI === "http://www.w3.org/2000/svg";
    var node = svg ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) { node.setAttribute(key, attributes[key]); });
    if (text !== null && text !== undefined) { node.textContent = text; }
    parent.appendChild(node);
    return node;
  }

  function number(n) { return n.toLocaleString("en-US"); }

  // Rows per second over the last few seconds.
  function rate(role) {
    var first = history.filter(function (sample) { return sample.rows[role.assignmentId] !== undefined; })[0];
    var seconds = first ? (Date.now() - first.at) / 1000 : 0;
    if (seconds < 0.5) { return ""; }
    return number(Math.round((role.rowsIn - first.rows[role.assignmentId]) / seconds)) + "/s";
  }

  // A kernel's label ends with its code id, which has a column of its own.
  function label(role) { return role.codeId ? role.label.replace(" " + role.codeId.slice(0, 12), "") : role.label; }

  function table(parent, heads, rows) {
    var t = element(parent, "table");
    var line = element(element(t, "thead"), "tr");
    heads.forEach(function (head) { element(line, "th", head.replace("#", ""), head[0] === "#" ? { "class": "n" } : {}); });
    var body = element(t, "tbody");
    rows.forEach(function (cells) {
      var tr = element(body, "tr");
      cells.forEach(function (cell, i) { element(tr, "td", cell, heads[i][0] === "#" ? { "class": "n" } : {}); });
    });
  }

  // The roles of a query in the order of its data, up from its sink: some of them are shared with other queries.
  function chain(query, all) {
    var drawn = [];
    function add(role) {
      if (drawn.indexOf(role) >= 0) { return; }
      role.inputs.forEach(function (edge) {
        all.filter(function (r) { return r.outputs.indexOf(edge) >= 0; }).forEach(add);
      });
      drawn.push(role);
    }
    all.filter(function (r) { return r.role === "z" && r.queryId === query.id; }).forEach(add);
    return drawn;
  }

  function picture(parent, queries, all, nodeIds) {
    var drawn = queries.filter(function (q) { return chain(q, all).length > 0; });
    if (drawn.length === 0) { element(parent, "p", "No query runs."); return; }
    var longest = Math.max.apply(null, drawn.map(function (q) { return chain(q, all).length; }));
    var step = 230, height = 96;
    var svg = element(parent, "svg", null, { viewBox: "0 0 " + (longest * step + 10) + " " + (drawn.length * height + 6), role: "img", "aria-label": "pipeline of every running query" });
    drawn.forEach(function (query, row) {
      var y = row * height + 20;
      element(svg, "text", query.id, { x: 4, y: y - 6, "font-size": 12, fill: "#666" });
      chain(query, all).forEach(function (role, i) {
        var x = i * step + 4;
        if (i > 0) {
          element(svg, "line", null, { x1: x - 50, y1: y + 30, x2: x - 8, y2: y + 30, stroke: "#555", "stroke-width": 1.5 });
          element(svg, "path", null, { d: "M" + (x - 8) + " " + (y + 26) + " l8 4 l-8 4 z", fill: "#555" });
        }
        var colour = colours[Math.max(0, nodeIds.indexOf(role.node)) % colours.length];
        element(svg, "rect", null, { x: x, y: y, width: 180, height: 62, rx: 4, fill: colour, stroke: "#888" });
        element(svg, "text", (roles[role.role] || role.role) + " on " + role.node, { x: x + 8, y: y + 17, "font-size": 12, "font-weight": "bold" });
        element(svg, "text", label(role).length > 26 ? label(role).slice(0, 25) + "\u2026" : label(role), { x: x + 8, y: y + 34, "font-size": 12 });
        element(svg, "text", number(role.rowsIn) + " in, " + number(role.rowsOut) + " out  " + rate(role), { x: x + 8, y: y + 52, "font-size": 11, fill: "#444" });
      });
    });
  }

  function draw(data) {
    var all = [];
    data.nodes.forEach(function (node) {
      node.roles.forEach(function (role) { role.node = node.nodeId; all.push(role); });
    });
    all.sort(function (a, b) { return a.node === b.node ? "pcz".indexOf(a.role) - "pcz".indexOf(b.role) : a.node < b.node ? -1 : 1; });
    box.textContent = "";
    element(box, "h2", "Pipeline");
    var running = data.queries.filter(function (q) { return q.state === "RUNNING" || q.state === "STARTING"; });
    picture(box, running, all, data.nodes.map(function (n) { return n.nodeId; }));
    element(box, "h2", "Nodes and roles");
    table(box, ["node", "role", "what", "kernel", "#rows in", "#rows out", "#now", "#p50", "#p99", "problems"], all.map(function (r) {
      var sink = r.role === "z" && r.rowsIn > 0;
      return [r.node, roles[r.role] || r.role, label(r), r.codeId ? r.codeId.slice(0, 12) : "", number(r.rowsIn), number(r.rowsOut), rate(r),
        sink ? (r.p50Us / 1000).toFixed(1) + " ms" : "", sink ? (r.p99Us / 1000).toFixed(1) + " ms" : "",
        Object.keys(r.problems).map(function (k) { return k + " " + r.problems[k]; }).join(", ")];
    }));
    element(box, "p", "Nodes: " + data.nodes.map(function (n) { return n.nodeId + " (" + n.dataAddress + ")"; }).join(", "));
    element(box, "h2", "Queries");
    table(box, ["id", "state", "statement", "placement"], data.queries.map(function (q) {
      return [q.id, q.state, q.text, Object.keys(q.placement).map(function (k) { return k + ": " + q.placement[k]; }).join(", ")];
    }));
    var sample = { at: Date.now(), rows: {} };
    all.forEach(function (r) { sample.rows[r.assignmentId] = r.rowsIn; });
    history.push(sample);
    if (history.length > 5) { history.shift(); }
  }

  function refresh() {
    // an address with user and password in it, as some people write it, is no base for fetch
    fetch(location.origin + box.dataset.root + "/data.json", { credentials: "same-origin" })
      .then(function (answer) { return answer.json(); })
      .then(draw)
      .catch(function () {
        box.textContent = "";
        element(box, "p", "GALOIS does not answer.", { "class": "stale" });
      })
      .then(function () { setTimeout(refresh, 1000); });
  }

  refresh();
})();
