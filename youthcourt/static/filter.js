// Hides the lines of a long table or list that do not hold the words typed; accents do not matter.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

function filterTable(box) {
  const whole = document.getElementById(box.dataset.filterFor);
  const rows = [...(whole.tBodies ? whole.tBodies[0].rows : whole.children)];
  const texts = rows.map((row) => plain(row.textContent));
  const state = box.querySelector("[data-filter-state]");

  box.querySelector("input").addEventListener("input", (event) => {
    const words = plain(event.target.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, at) => {
      row.hidden = !words.every((word) => texts[at].includes(word));
      if (!row.hidden) shown += 1;
    });
    const sentence = shown ? box.dataset.filterSome : box.dataset.filterNone;
    state.textContent = words.length
      ? sentence.replace("{shown}", shown).replace("{total}", rows.length)
      : "";
  });
  box.hidden = false;
}

document.querySelectorAll("[data-filter-for]").forEach(filterTable);
