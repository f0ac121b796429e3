// A line to type a Gogo command, and what it printed.
(function () {
  "use strict";
  var box = document.getElementById("galois-shell");
  var form = document.createElement("form");
  var input = document.createElement("input");
  var output = document.createElement("pre");
  input.size = 80;
  input.value = "galois:nodes";
  input.setAttribute("aria-label", "command");
  form.appendChild(input);
  box.appendChild(form);
  box.appendChild(output);
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    fetch(location.origin + box.dataset.root, { method: "POST", credentials: "same-origin", body: new URLSearchParams({ command: input.value }) })
      .then(function (answer) { return answer.text(); })
      .then(function (text) { output.textContent = "> " + input.value + "\n" + text + "\n" + output.textContent; });
  });
})();
