// A link leads here with the code behind the "#", which is never sent to a server: that of a slip
// has eight characters, that of an invitation sixteen.
const field = document.querySelector("[data-slip-code], [data-invitation-code]");
const wanted = field?.matches("[data-invitation-code]") ? 16 : 8;

function takeCode() {
  const code = decodeURIComponent(location.hash.slice(1)).replace(/[\s-]/g, "").toUpperCase();
  if (code.length !== wanted || !/^[2-9A-HJKMNP-Z]+$/.test(code)) return;
  history.replaceState(null, "", location.pathname);
  field.value = code;
  field.form.requestSubmit();
}

if (field) {
  takeCode();
  // The link was opened where the page stood already.
  window.addEventListener("hashchange", takeCode);
}
