/* The story's form: slug from the title, more rows, chosen photos at once visible, and a warning before text is lost. */
"use strict";
{
  const form = document.getElementById("article_form");

  // As newsroom/text.py does it: Croatian words stay readable.
  const slugify = (text) =>
    text
      .replace(/[đĐ]/g, "d")
      .normalize("NFKD")
      .replace(/[\u0300-\u036f]/g, "")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "-")
      .replace(/^-+|-+$/g, "")
      .slice(0, 80);

  const followTitle = () => {
    const title = document.getElementById("id_title");
    const slug = document.getElementById("id_slug");
    if (!title || !slug || slug.value) return;
    let own = false;
    slug.addEventListener("input", () => (own = slug.value !== ""));
    title.addEventListener("input", () => {
      if (!own) slug.value = slugify(title.value);
    });
  };

  const offerRows = (set) => {
    const total = form.querySelector(`#id_${set.dataset.rows}-TOTAL_FORMS`);
    const button = set.querySelector("[data-add]");
    button.hidden = false;
    button.addEventListener("click", () => {
      const row = set.querySelector("template").content.cloneNode(true).firstElementChild;
      row.innerHTML = row.innerHTML.replaceAll("__prefix__", total.value);
      total.value = Number(total.value) + 1;
      set.querySelector(".row-list").append(row);
      row.querySelector("select, input:not([type=hidden]), textarea").focus();
    });
  };

  // The photo's thumbnail; its own alt and caption where the row has none yet.
  const showPhoto = async (input) => {
    const row = input.closest("[data-row]");
    const image = row.querySelector("img.thumb");
    const title = row.querySelector(".photo-title");
    image.hidden = true;
    title.textContent = "";
    if (!/^[1-9]\d*$/.test(input.value)) return;
    const lookup = row.querySelector(".related-lookup");
    const base = new URL(lookup.href).pathname;
    const answer = await fetch(`${base}${input.value}/card.json?language=${input.dataset.language}`);
    if (!answer.ok) return;
    const photo = await answer.json();
    image.src = photo.thumbnail;
    image.alt = photo.title;
    image.hidden = false;
    title.textContent = photo.title;
    for (const name of ["alt", "caption"]) {
      const field = row.querySelector(`[name$="-${name}"]`);
      if (!field.value) field.value = photo[name];
    }
  };

  const guardText = () => {
    let touched = false;
    form.addEventListener("input", () => (touched = true));
    form.addEventListener("submit", (event) => {
      if (!event.submitter?.hasAttribute("formaction")) touched = false;
    });
    window.addEventListener("beforeunload", (event) => {
      if (touched) event.preventDefault();
    });
  };

  if (form && form.querySelector(".story-grid")) {
    followTitle();
    form.querySelectorAll("[data-rows]").forEach(offerRows);
    // jQuery, because the library's window reports its choice through a jQuery event.
    django.jQuery(form).on("change", "[data-photo-pick] input", (event) => showPhoto(event.target));
    guardText();
  }
}
