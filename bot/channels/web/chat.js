/* What the chat page does better with a script. Without it every form works as well: see application.py.
   Written for the WebView of old phones (Chrome 60): no newer syntax. */
(function () {
  "use strict";
  if (!window.fetch || !window.Promise || !document.querySelector) { return; }
  var main = document.querySelector("main");
  var talk = document.getElementById("talk");
  var form = document.getElementById("go");
  var field = document.getElementById("chu");
  var notice = document.getElementById("bao");
  var typing = document.getElementById("soan");
  var words = JSON.parse(main.getAttribute("data-words"));
  var busy = false;
  var known = main.getAttribute("data-known") === "1";
  var unsent = null;
  var next = "";
  var active = Date.now();
  var PATIENCE = 60000;

  // --- what is shown

  function lastId() {
    var found = talk.querySelectorAll(".line");
    var last = 0;
    for (var i = 0; i < found.length; i++) { last = Math.max(last, parseInt(found[i].id.slice(1), 10) || 0); }
    return last;
  }

  function nearEnd() {
    var page = document.documentElement;
    return page.scrollHeight - window.pageYOffset - window.innerHeight < 260;
  }

  function merge(lines) {
    var first = null;
    var welcome = document.getElementById("l0");
    if (welcome && lines.length) { welcome.parentNode.removeChild(welcome); }
    lines.forEach(function (line) {
      var box = document.createElement("ol");
      box.innerHTML = line.html;
      var made = box.firstElementChild;
      var before = document.getElementById("l" + line.id);
      if (before) { talk.replaceChild(made, before); } else { talk.appendChild(made); }
      dress(made);
      first = first || made;
    });
    return first;
  }

  function tell(said) {
    notice.hidden = !said;
    notice.textContent = said || "";
  }

  function write(label) {
    typing.textContent = label || "";
  }

  function asked(label) {
    var line = document.createElement("li");
    var said = document.createElement("div");
    line.className = "line you";
    said.className = "said";
    said.textContent = label;
    line.appendChild(said);
    talk.appendChild(line);
    return line;
  }

  // --- what is sent

  function random() {
    var numbers = new Uint32Array(4);
    (window.crypto || window.msCrypto).getRandomValues(numbers);
    return Array.prototype.map.call(numbers, function (each) { return each.toString(36); }).join("");
  }

  function keep(text) {
    try {
      if (text) { window.sessionStorage.setItem("chua-gui", text); } else { window.sessionStorage.removeItem("chua-gui"); }
    } catch (refused) { /* the field still has it */ }
  }

  function within(promise) {
    return new Promise(function (resolve, reject) {
      var timer = setTimeout(function () { reject(new Error("late")); }, PATIENCE);
      promise.then(
        function (value) { clearTimeout(timer); resolve(value); },
        function (error) { clearTimeout(timer); reject(error); }
      );
    });
  }

  function send(name, value, label) {
    if (busy) {
      if (name === "text") { next = value; }  // a button that is pressed twice is pressed once
      return;
    }
    busy = true;
    active = Date.now();
    var same = unsent && unsent.name === name && unsent.value === value;
    var number = same ? unsent.number : random();  // what may have arrived is not asked again
    var body = new URLSearchParams();
    body.append("csrf", form.elements.csrf.value);
    body.append("d", number);
    if (form.elements.start) { body.append("start", form.elements.start.value); }
    body.append("sau", String(lastId()));
    body.append(name, value);
    tell("");
    var line = asked(label);
    write(words.typing);
    line.scrollIntoView();
    if (name === "text") { field.value = ""; }

    function back(said) {
      talk.removeChild(line);
      unsent = { name: name, value: value, number: number };
      if (name === "text") {
        field.value = value;
        keep(value);
      }
      tell(said);
    }

    function over() {
      var text = next;
      busy = false;
      next = "";
      write("");
      if (text && text === field.value.trim() && !unsent) { send("text", text, text); }
    }

    within(fetch("/noi", {
      method: "POST",
      credentials: "same-origin",
      headers: { "Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded" },
      body: body.toString()
    }).then(function (answer) { return answer.json(); })).then(function (said) {
      if (said.go) {
        keep("");
        window.location.href = said.go;
        return;
      }
      if (said.notice) {
        if (said.csrf) { setCsrf(said.csrf); }
        back(said.notice);
        return;
      }
      talk.removeChild(line);
      known = true;
      unsent = null;
      keep(field.value);
      started();
      var first = merge(said.lines);
      if (first) { first.scrollIntoView(); }
    }).catch(function () { back(words.offline); }).then(over);
  }

  function setCsrf(csrf) {
    form.elements.csrf.value = csrf;
    document.getElementById("bam").elements.csrf.value = csrf;
  }

  function started() {
    [form, document.getElementById("bam")].forEach(function (each) {
      var start = each.querySelector("input[name=start]");
      if (start) { each.removeChild(start); }
    });
  }

  form.addEventListener("submit", function (event) {
    event.preventDefault();
    var text = field.value.trim();
    if (text) { send("text", text, text); }
    field.focus();
  });

  field.addEventListener("input", function () { keep(field.value); });  // an old phone drops a page that is out of sight

  field.addEventListener("keydown", function (event) {
    var keyboard = window.matchMedia && window.matchMedia("(hover: hover)").matches;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && keyboard) {
      event.preventDefault();
      var text = field.value.trim();
      if (text) { send("text", text, text); }
    }
  });

  document.addEventListener("click", function (event) {
    var button = event.target.closest ? event.target.closest("button, a") : null;
    if (!button) { return; }
    if (button.name === "press" || button.name === "say") {
      event.preventDefault();
      send(button.name, button.value, button.textContent.trim());
    } else if (button.hasAttribute("data-alt")) {
      event.preventDefault();
      var image = document.createElement("img");
      image.alt = button.getAttribute("data-alt");
      image.src = button.href;
      button.parentNode.insertBefore(image, button);
      button.parentNode.removeChild(button);
    } else if (button.hasAttribute("data-listen")) {
      listen(button);
    } else if (button.hasAttribute("data-words")) {
      passOn(button);
    }
  });

  // --- what comes by itself: the answer of a person of the staff

  function look() {
    var pause = Date.now() - active < 180000 ? 4000 : 20000;
    if (busy || !known || document.hidden) {
      setTimeout(look, pause);
      return;
    }
    fetch("/moi?sau=" + lastId(), { credentials: "same-origin" })
      .then(function (answer) { return answer.json(); })
      .then(function (said) {
        if (busy || !said.lines || !said.lines.length) { return; }
        var follow = nearEnd();
        var first = merge(said.lines);
        active = Date.now();
        if (follow && first) { first.scrollIntoView(); }
      })
      .catch(function () { /* the next look may succeed */ })
      .then(function () { setTimeout(look, pause); });
  }

  document.addEventListener("visibilitychange", function () { if (!document.hidden) { active = Date.now(); } });

  // --- read aloud

  var DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"];
  var GREAT = ["", " nghìn", " triệu", " tỷ"];

  function three(number, full) {
    var hundreds = Math.floor(number / 100), tens = Math.floor(number / 10) % 10, ones = number % 10;
    var said = [];
    if (hundreds || full) { said.push(DIGITS[hundreds] + " trăm"); }
    if (tens > 1) { said.push(DIGITS[tens] + " mươi"); } else if (tens === 1) { said.push("mười"); }
    if (ones) {
      if (!tens && said.length) { said.push("linh"); }
      if (ones === 1 && tens > 1) { said.push("mốt"); }
      else if (ones === 5 && tens) { said.push("lăm"); }
      else { said.push(DIGITS[ones]); }
    }
    return said.join(" ");
  }

  function whole(digits) {
    var number = parseInt(digits, 10);
    if (!number) { return DIGITS[0]; }
    var parts = [];
    while (number) {
      parts.push(number % 1000);
      number = Math.floor(number / 1000);
    }
    if (parts.length > GREAT.length) { return digits.split("").map(function (each) { return DIGITS[each]; }).join(" "); }
    var said = [];
    for (var i = parts.length - 1; i >= 0; i--) {
      if (parts[i]) { said.push(three(parts[i], i < parts.length - 1) + GREAT[i]); }
    }
    return said.join(" ");
  }

  function spoken(text) {
    return text
      .replace(/1900 ?9068/g, "một chín không không, chín không sáu tám")
      .replace(/(\d{1,2})\/(\d{1,2})\/(\d{4})/g, function (all, day, month, year) {
        return "ngày " + whole(day) + " tháng " + whole(month) + " năm " + whole(year);
      })
      .replace(/(\d{1,2})\/(\d{4})/g, function (all, month, year) {
        return "tháng " + whole(month) + " năm " + whole(year);
      })
      .replace(/\d{1,3}(?:\.\d{3})+|\d+/g, function (digits) { return "\u0001" + digits.replace(/\./g, "") + "\u0002"; })
      .replace(/\u0001(\d+)\u0002,\u0001(\d+)\u0002/g, function (all, before, after) {
        return whole(before) + " phẩy " + (after.length > 2 || after[0] === "0"
          ? after.split("").map(function (each) { return DIGITS[each]; }).join(" ") : whole(after));
      })
      .replace(/\u0001(\d+)\u0002/g, function (all, digits) { return whole(digits); })
      .replace(/ ?%/g, " phần trăm")
      .replace(/ đ(?![\wÀ-ỹ])/g, " đồng")
      .replace(/ngày ngày /g, "ngày ")
      .replace(/tháng tháng /g, "tháng ")
      .replace(/BHXH/g, "bảo hiểm xã hội")
      .replace(/BHYT/g, "bảo hiểm y tế")
      .replace(/[•«»“”|*_]|[\uD83C-\uDBFF\uDC00-\uDFFF\u2600-\u27BF\uFE0F]/g, " ");
  }

  function vietnamese() {
    if (!window.speechSynthesis || !window.SpeechSynthesisUtterance) { return null; }
    var voices = window.speechSynthesis.getVoices() || [];
    for (var i = 0; i < voices.length; i++) { if (/^vi\b/i.test(voices[i].lang)) { return voices[i]; } }
    return null;
  }

  function dress(line) {
    var sends = line.querySelector("[data-words]");
    if (sends) { sends.hidden = false; }
    if (!vietnamese() || line.className.indexOf("assistant") < 0 || line.querySelector("[data-listen]")) { return; }
    var said = line.querySelector(".said");
    if (!said || !said.textContent.trim()) { return; }
    var row = document.createElement("p");
    var button = document.createElement("button");
    row.className = "row";
    button.type = "button";
    button.className = "small-button";
    button.setAttribute("data-listen", "");
    button.textContent = words.listen;
    row.appendChild(button);
    said.parentNode.insertBefore(row, said.nextSibling);
  }

  function dressAll() {
    Array.prototype.forEach.call(talk.querySelectorAll(".line"), dress);
  }

  function listen(button) {
    var speaking = button.textContent === words.stop;
    window.speechSynthesis.cancel();
    Array.prototype.forEach.call(talk.querySelectorAll("[data-listen]"), function (each) { each.textContent = words.listen; });
    if (speaking) { return; }
    var line = button.parentNode.parentNode;
    var said = new window.SpeechSynthesisUtterance(spoken(line.querySelector(".said").textContent));
    said.lang = "vi-VN";
    said.voice = vietnamese();
    said.rate = 0.9;
    said.onend = function () { button.textContent = words.listen; };
    button.textContent = words.stop;
    window.speechSynthesis.speak(said);
  }

  // --- passed on to others

  function copy(field) {
    field.hidden = false;
    field.focus();
    field.select();
    try { return document.execCommand("copy"); } catch (refused) { return false; }  // it is there to copy by hand
  }

  function passOn(button) {
    var said = button.getAttribute("data-words"), link = button.getAttribute("data-link");
    if (navigator.share) {
      navigator.share({ text: said, url: link }).then(null, function (refused) {
        if (!refused || refused.name !== "AbortError") { handOver(button, said, link); }  // else thought better of it
      });
      return;
    }
    handOver(button, said, link);
  }

  function handOver(button, said, link) {
    var row = button.parentNode;
    var field = row.nextElementSibling;
    if (!field || field.tagName !== "TEXTAREA") {
      field = document.createElement("textarea");
      field.readOnly = true;
      field.rows = 4;
      field.className = "link";
      field.setAttribute("aria-label", button.textContent);
      field.value = said + "\n" + link;
      row.parentNode.insertBefore(field, row.nextSibling);
    }
    if (copy(field)) { tell(words.copied_words); }
  }

  // --- the tools above

  function setLarge(large) {
    document.documentElement.className = large ? "large" : "";
    document.getElementById("chu-to").textContent = large ? words.usual : words.larger;
    document.getElementById("chu-to").setAttribute("aria-pressed", large ? "true" : "false");
    try { window.localStorage.setItem("chu-to", large ? "1" : ""); } catch (refused) { /* until the page is closed */ }
  }

  document.getElementById("chu-to").addEventListener("click", function () {
    setLarge(document.documentElement.className !== "large");
  });

  document.getElementById("gui").addEventListener("click", function () {
    var address = window.location.origin + "/";
    if (navigator.share) {
      navigator.share({ title: document.title, url: address }).then(null, function () { /* thought better of it */ });
      return;
    }
    var link = document.getElementById("dia-chi");
    link.value = address;
    if (copy(link)) { tell(words.copied); }
  });

  document.querySelector(".tools").hidden = false;
  try { setLarge(window.localStorage.getItem("chu-to") === "1"); } catch (refused) { setLarge(false); }
  try {
    var left = window.sessionStorage.getItem("chua-gui");
    if (left && !field.value) { field.value = left; }
  } catch (refused) { /* nothing was kept */ }
  if (window.speechSynthesis && window.speechSynthesis.addEventListener) {
    window.speechSynthesis.addEventListener("voiceschanged", dressAll);
  }
  dressAll();
  var mine = talk.querySelectorAll(".you");
  if (mine.length && !window.location.hash) { mine[mine.length - 1].scrollIntoView(); }
  setTimeout(look, 4000);
})();
