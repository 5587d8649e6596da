// Long forms: drafts kept while one types, and sending that loses nothing when the connection or the way in is gone.
// data-here: who fills this in now (data-who), and the token; data-out, data-in: what is said when it is nobody any more.
// data-draft: the server keeps drafts; "page": each sending is no more than that.
(function () {
  "use strict";

  const NOT_TYPED = ["csrfmiddlewaretoken", "do"];

  document.querySelectorAll("form[data-here]").forEach(function (form) {
    const drafts = "draft" in form.dataset, turns = form.dataset.draft === "page";
    const keeps = drafts && !form.hasAttribute("action");  // of a form within a larger page only its draft is kept
    const place = "fadu-typed|" + form.dataset.who + "|" + location.pathname + location.search;
    const told = form.querySelector(".sending-told");
    const drafted = form.querySelector(".draft-told");
    let changed = false, asking = false, there = false;

    function typed() {
      return Array.from(new FormData(form).entries()).filter(function (one) {
        return !(one[1] instanceof File) && !NOT_TYPED.includes(one[0]);
      });
    }
    function keepHere() {
      if (keeps) sessionStorage.setItem(place, JSON.stringify(typed()));
    }
    function say(why) {
      told.textContent = (why.said || "网络中断，没有提交。") + "内容" + (keeps ? "已保留" : "还") + "在本页，请" + (why.out ? "" : "稍后再点一次提交，不会重复办理。");
      if (why.out) {
        const link = document.createElement("a");
        link.href = form.dataset.login + "?next=" + encodeURIComponent(location.pathname + location.search);
        link.textContent = form.dataset.in;
        if (!keeps) link.target = "_blank";
        told.append(link, keeps ? "，再回到这张表单继续。" : "（另开一页），再回到这里提交。");
      }
      told.hidden = false;
    }
    // Whether the server is there and still knows who fills this in; its answer has the token that it takes now.
    function ask() {
      return fetch(form.dataset.here, { cache: "no-store", redirect: "manual" }).then(function (answer) {
        if (answer.type === "opaqueredirect") throw { said: form.dataset.out + "，没有提交。", out: true };
        if (!answer.ok) throw { said: "系统暂时没有应答，没有提交。" };
        return answer.json();
      }).then(function (said) {
        if (String(said.who) !== form.dataset.who) throw { said: "这个浏览器现在登录的是另一个账号，没有提交。", out: true };
        form.elements.csrfmiddlewaretoken.value = said.token;
      });
    }
    function draft(entries) {
      const body = new FormData();
      entries.forEach(function (one) { body.append(one[0], one[1]); });
      body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
      body.set("do", "draft");
      return fetch(form.action, { method: "POST", body: body, headers: { "X-Draft": "1" }, keepalive: true }).then(function (answer) {
        if (answer.status !== 204) throw { said: "" };
      });
    }

    // What did not arrive becomes a draft, which the form opened anew begins with; its key stays, so that an act that
    // arrived after all is not done again.
    const kept = JSON.parse(sessionStorage.getItem(place) || "null");
    if (kept && !("fresh" in form.dataset)) sessionStorage.removeItem(place);
    else if (Array.isArray(kept)) {
      draft(kept).then(function () {
        sessionStorage.setItem(place, JSON.stringify(Object.fromEntries(kept.filter(function (one) { return ["key", "position"].includes(one[0]); }))));
        location.reload();
      }).catch(function () {});
    } else if (kept) {
      sessionStorage.removeItem(place);
      Object.entries(kept).forEach(function (one) { if (form.elements[one[0]]) form.elements[one[0]].value = one[1]; });
    }

    // Back to a form whose act is done: it has that act's key again, so that it is not done twice.
    const done = JSON.parse(sessionStorage.getItem("fadu-done") || "{}");
    if (done.place === place && performance.getEntriesByType("navigation")[0].type === "back_forward") {
      form.elements.key.value = done.key;
      told.textContent = "这张表单已经提交并且办结，再点提交不会重复办理。需要再办一次的，请返回案件重新打开。";
      told.hidden = false;
    }

    form.addEventListener("input", function () { changed = true; });
    form.addEventListener("submit", function (event) {
      if (there) {
        there = changed = false;
        return;
      }
      event.preventDefault();
      if (asking || form.dataset.sent) return;
      const button = event.submitter;
      asking = true;
      told.hidden = true;
      if (!button || button.value !== "draft") keepHere();
      ask().then(function () {
        if (turns) return draft(typed()).then(function () { sessionStorage.removeItem(place); });
        if (form.elements.key) sessionStorage.setItem("fadu-sends", JSON.stringify({ place: place, key: form.elements.key.value }));
      }).then(function () {
        there = true;
        form.requestSubmit(button);
      }).catch(say).finally(function () { asking = false; });
    });

    // Every few seconds and when the page is left; files only by the button.
    function keep() {
      if (!drafts || !changed || asking || form.dataset.sent) return;
      changed = false;
      draft(typed()).then(function () {
        drafted.textContent = "草稿已存 " + new Date().toTimeString().slice(0, 5);
      }).catch(function () {
        changed = true;
        keepHere();
        drafted.textContent = "草稿没有存上，内容保留在本页";
      });
    }
    setInterval(keep, 10000);
    document.addEventListener("visibilitychange", function () { if (document.visibilityState === "hidden") keep(); });
  });
})();
