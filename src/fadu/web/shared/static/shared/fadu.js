// Comfort only: every act works without this file.
(function () {
  "use strict";

  // A row is added or taken out without losing the place on the page.
  const kept = sessionStorage.getItem("fadu-place");
  if (kept !== null) {
    sessionStorage.removeItem("fadu-place");
    const [path, top] = kept.split("|");
    if (path === location.pathname) window.scrollTo(0, Number(top));
  }

  // The act that a long form sent (sending.js) is done: what the tab kept of it is not needed any more, only its key.
  const sent = sessionStorage.getItem("fadu-sends");
  if (sent !== null && new URLSearchParams(location.search).has("done")) {
    sessionStorage.removeItem(JSON.parse(sent).place);
    sessionStorage.removeItem("fadu-sends");
    sessionStorage.setItem("fadu-done", sent);
  }

  document.addEventListener("submit", function (event) {
    const form = event.target;
    const button = event.submitter;
    const doing = button && button.name === "do" ? button.value : "";
    if (doing.startsWith("add:") || doing.startsWith("drop:")) {
      sessionStorage.setItem("fadu-place", location.pathname + "|" + window.scrollY);
      return;
    }
    // A button that fetches a file leaves the page as it is: the form may be sent again at once.
    if (form.method !== "post" || event.defaultPrevented || (button && "fetches" in button.dataset)) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    setTimeout(function () { delete form.dataset.sent; }, 8000);
    if (button && !button.classList.contains("link")) button.setAttribute("aria-busy", "true");
  });

  // A file that is too large is told before it travels.
  document.addEventListener("change", function (event) {
    const box = event.target;
    if (box.type !== "file") return;
    const largest = Number(box.dataset.largest || 20);
    const large = Array.from(box.files).filter(function (file) { return file.size > largest * 1024 * 1024; });
    box.setCustomValidity("");
    let note = box.parentElement.querySelector(".fault.from-script");
    if (!note) {
      note = document.createElement("p");
      note.className = "fault from-script";
      note.setAttribute("role", "alert");
      box.insertAdjacentElement("beforebegin", note);
    }
    note.textContent = large.length ? "文件“" + large.map(function (file) { return file.name; }).join("”“") + "”超过 " + largest + " MB，请压缩或者分成几个文件" : "";
    note.hidden = !large.length;
  });

  // How many cases have something unread: told by the page itself, else asked for once a minute and after each form.
  const badge = document.querySelector(".badge[data-address]");
  if (badge) {
    const tell = function (number) {
      badge.textContent = number > 99 ? "99+" : String(number);
      badge.hidden = !number;
    };
    const place = "fadu-unread-" + badge.dataset.who;
    const [asked, number] = (sessionStorage.getItem(place) || "0|0").split("|").map(Number);
    document.addEventListener("submit", function () { sessionStorage.removeItem(place); });
    const note = function (number) { sessionStorage.setItem(place, Date.now() + "|" + number); };
    if ("told" in badge.dataset) note(Number(badge.textContent));
    else if (Date.now() - asked < 60000) tell(number);
    else {
      fetch(badge.dataset.address, { redirect: "error" }).then(function (answer) { return answer.json(); }).then(function (said) {
        note(said.unread);
        tell(said.unread);
      }).catch(function () {});
    }
  }

  // A page that the browser had put aside whole is shown by its back button though its person signed out meanwhile.
  window.addEventListener("pageshow", function (event) {
    if (!event.persisted || !badge) return;
    fetch(badge.dataset.address, { cache: "no-store", redirect: "manual" }).then(function (answer) {
      if (answer.type === "opaqueredirect") location.reload();
    }).catch(function () {});
  });

  // On a narrow screen the list comes first, its conditions when asked for.
  const more = document.querySelector("details.more");
  if (more && window.matchMedia("(width < 640px)").matches && !more.querySelector("[aria-invalid]")) more.open = false;

  // The picture shows where the case stands.
  document.querySelectorAll(".flow-box").forEach(function (box) {
    const here = box.querySelector(".state.present rect");
    if (here) box.scrollLeft = Number(here.getAttribute("x")) - box.clientWidth / 2 + 58;
  });

  // "/" leads to the search box; on a page of results the arrows go from one to the next, and back to the box.
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const place = event.target;
    const typing = place.matches("input, textarea, select, [contenteditable]");
    const find = document.getElementById("q") || document.getElementById("find");
    if (event.key === "/" && !typing && find) {
      event.preventDefault();
      find.focus();
      find.select();
      return;
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const hits = Array.from(document.querySelectorAll(".hits a"));
    const here = hits.indexOf(place);
    if (!hits.length || (typing && place !== find) || (here < 0 && (place !== find || event.key === "ArrowUp"))) return;
    event.preventDefault();
    const next = here + (event.key === "ArrowDown" ? 1 : -1);
    (hits[Math.min(next, hits.length - 1)] || find).focus();
  });

  // How far a job is, asked for until it is over; then its page as it is now.
  const course = document.querySelector("[data-under-way]");
  if (course) {
    const ask = function () {
      fetch(location.href).then(function (answer) { return answer.text(); }).then(function (text) {
        const now = new DOMParser().parseFromString(text, "text/html").querySelector("[data-under-way]");
        if (!now) return location.reload();
        if (now.textContent !== course.textContent) course.replaceChildren.apply(course, Array.from(now.childNodes));
        setTimeout(ask, 1500);
      }).catch(function () { setTimeout(ask, 5000); });
    };
    setTimeout(ask, 1000);
  }

  // A figure goes where the cursor stands, without a new page.
  document.addEventListener("click", function (event) {
    const button = event.target.closest("button[data-into]");
    const box = button && document.getElementById(button.dataset.into), chosen = button && button.form.elements.chip;
    if (!box || !chosen.value) return;
    event.preventDefault();
    box.setRangeText("【" + chosen.value + "】", box.selectionStart, box.selectionEnd, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
    chosen.value = "";
    box.focus();
  });

  // What was refused is read first.
  const refused = document.querySelector(".notice-bad[role=alert]");
  if (refused) {
    refused.setAttribute("tabindex", "-1");
    refused.focus();
  }
})();
